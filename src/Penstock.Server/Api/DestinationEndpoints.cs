using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Destinations: what was refused, what is planned, and single records.</summary>
internal static class DestinationEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var destinations = api.MapGroup("/destinations").WithTags("Destinations");
        destinations.MapGet("/", ListAsync).WithName("list_destinations").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}", GetAsync).WithName("get_destination").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}/failures", FailuresAsync).WithName("list_failures").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}/plan", PlanAsync).WithName("list_planned_changes").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}/removals", RemovalsAsync).WithName("list_removals").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}/history", HistoryAsync).WithName("list_history").RequireAuthorization(Policies.Viewer);
        destinations.MapGet("/{destination}/preview", PreviewAsync).WithName("preview_record").RequireAuthorization(Policies.Editor);
        destinations.MapPost("/{destination}/preview", PreviewUnsavedAsync).WithName("preview_unsaved_destination")
            .RequireAuthorization(Policies.Editor);
        destinations.MapPost("/{destination}/send-one", SendOneAsync).WithName("send_one").RequireAuthorization(Policies.Publisher);
    }

    /// <summary>Lists the destinations.</summary>
    /// <param name="draft">Whether the draft is looked at instead of what runs.</param>
    /// <param name="model">Only of this model.</param>
    public static async Task<Ok<Page<DestinationSummary>>> ListAsync(
        Caller caller, CancellationToken cancellationToken, bool draft = false, string? model = null)
    {
        var project = await caller.ProjectAsync(draft, cancellationToken);
        return TypedResults.Ok(new Page<DestinationSummary>(
            [.. project.Destinations.Where(found => caller.MayUse(found.ModelId) && (model is null || found.ModelId == model))
                .Select(DestinationSummary.Of)], null));
    }

    /// <summary>A destination.</summary>
    public static async Task<Ok<DestinationSummary>> GetAsync(
        string destination, Caller caller, CancellationToken cancellationToken, bool draft = false) =>
        TypedResults.Ok(DestinationSummary.Of((await caller.DestinationAsync(destination, draft, cancellationToken)).Destination));

    /// <summary>The records that were refused or could not be taken, by reason and key.</summary>
    public static async Task<Ok<Page<Failure>>> FailuresAsync(
        string destination, Caller caller, ControlServices services, CancellationToken cancellationToken, string? cursor = null,
        int? limit = null)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft: false, cancellationToken);
        return TypedResults.Ok(await Paging.OfAsync(
            services.Inspection.FailuresAsync(project, found, cancellationToken), cursor, limit, failure => failure, cancellationToken));
    }

    /// <summary>The records of the last plan, before and after, field by field.</summary>
    /// <param name="act">create, update, rename, remove, skip or refuse; all when it is left out.</param>
    public static async Task<Ok<PlannedPage>> PlanAsync(
        string destination, Caller caller, CancellationToken cancellationToken, bool draft = false, string? act = null,
        string? cursor = null, int? limit = null)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft, cancellationToken);
        return TypedResults.Ok(PlannedPage.Of(await caller.Inspectors(draft).Records.PlanChangesAsync(
            project, found, act, cursor, Paging.Limit(limit), cancellationToken)));
    }

    /// <summary>Who would be removed: what waits for an approval.</summary>
    public static async Task<Ok<PlannedPage>> RemovalsAsync(
        string destination, Caller caller, CancellationToken cancellationToken, bool draft = false, string? cursor = null,
        int? limit = null)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft, cancellationToken);
        return TypedResults.Ok(PlannedPage.Of(await caller.Inspectors(draft).Records.RemovalsAsync(
            project, found, cursor, Paging.Limit(limit), cancellationToken)));
    }

    /// <summary>What was sent of a record, newest first.</summary>
    /// <param name="key">The record's key at the far end.</param>
    public static async Task<Ok<Page<ExplainedSend>>> HistoryAsync(
        string destination, string key, Caller caller, CancellationToken cancellationToken, string? cursor = null, int? limit = null)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft: false, cancellationToken);
        var page = await caller.Inspectors(draft: false).Records.HistoryAsync(
            project, found, key, Paging.Offset(cursor), Paging.Limit(limit, most: 200), cancellationToken);
        return TypedResults.Ok(new Page<ExplainedSend>(page.Sends, page.Next is { } next ? Paging.Cursor(next) : null));
    }

    /// <summary>One real record as the destination would get it, with the exact request. Nothing is sent.</summary>
    /// <param name="record">The record's key in the model; the first one that is wanted when it is left out.</param>
    /// <param name="whole">Whether to show it as if nothing had been delivered yet.</param>
    public static async Task<Ok<DestinationPreview>> PreviewAsync(
        string destination, Caller caller, CancellationToken cancellationToken, bool draft = false, string? record = null,
        bool whole = false)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Destinations.PreviewRecordAsync(
            project, found, record, whole, cancellationToken));
    }

    /// <summary>The same for a destination that is not saved: the body is one as in a configuration file.</summary>
    /// <param name="record">The record's key in the model; the first one that is wanted when it is left out.</param>
    /// <param name="whole">Whether to show it as if nothing had been delivered yet.</param>
    public static async Task<Ok<DestinationPreview>> PreviewUnsavedAsync(
        string destination, ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        string? record = null, bool whole = true)
    {
        var project = await caller.ProjectAsync(draft: true, cancellationToken);
        var unsaved = body.Destination(destination, project, services.Apps.Connectors);
        caller.Checked(unsaved.ModelId);
        project = project with { Destinations = [.. project.Destinations.Where(other => other.Id != destination), unsaved] };
        return TypedResults.Ok(await caller.Inspectors(draft: true).Destinations.PreviewRecordAsync(
            project, unsaved, record, whole, cancellationToken));
    }

    /// <summary>Really sends one record, as a trial, and shows the answer. Never removes.</summary>
    public static async Task<Ok<TrialResult>> SendOneAsync(
        string destination, SendOneRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var (project, found) = await caller.DestinationAsync(destination, draft: false, cancellationToken);
        return TypedResults.Ok(await services.Trials.SendAsync(
            caller.Actor, project, found, body.Record, body.Again, cancellationToken));
    }
}

/// <summary>A record to be sent.</summary>
/// <param name="Record">Its key in the model.</param>
/// <param name="Again">Whether to send all of it anew, also what was delivered or refused before.</param>
public sealed record SendOneRequest(string Record, bool Again = false);

/// <summary>A page of a plan.</summary>
/// <param name="Items">The records.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Counts">How many records each act is planned for.</param>
/// <param name="Error">Why there is nothing to show; null when there is.</param>
public sealed record PlannedPage(
    IReadOnlyList<PlannedRecord> Items, string? Next, IReadOnlyDictionary<string, long> Counts, ProblemPart? Error)
{
    internal static PlannedPage Of(PlanPage page) => new(page.Changes, page.Next, page.Counts, ProblemPart.OfAny(page.Problem));
}
