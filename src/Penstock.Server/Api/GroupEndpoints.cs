using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Groups of a model: who is in them, and why. With POST, a group that is not saved, in the form of the files.</summary>
internal static class GroupEndpoints
{
    // A rule that is not saved has no id.
    private const string Unsaved = "unsaved";

    public static void Map(RouteGroupBuilder api)
    {
        var groups = api.MapGroup("/models/{model}/groups").WithTags("Groups");
        groups.MapGet("/", ListAsync).WithName("list_groups").RequireAuthorization(Policies.Viewer);
        groups.MapGet("/{group}/count", CountAsync).WithName("count_group").RequireAuthorization(Policies.Viewer);
        groups.MapPost("/count", CountUnsavedAsync).WithName("count_unsaved_group").RequireAuthorization(Policies.Viewer);
        groups.MapGet("/{group}/sample", SampleAsync).WithName("sample_group").RequireAuthorization(Policies.Viewer);
        groups.MapPost("/sample", SampleUnsavedAsync).WithName("sample_unsaved_group").RequireAuthorization(Policies.Viewer);
        groups.MapGet("/{group}/overlap", OverlapAsync).WithName("overlap_group").RequireAuthorization(Policies.Viewer);
        groups.MapPost("/overlap", OverlapUnsavedAsync).WithName("overlap_unsaved_group").RequireAuthorization(Policies.Viewer);
        groups.MapGet("/{group}/why", WhyAsync).WithName("explain_membership").RequireAuthorization(Policies.Viewer);
    }

    /// <summary>Lists the groups of a model.</summary>
    public static async Task<Ok<Page<GroupPart>>> ListAsync(
        string model, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (_, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(new Page<GroupPart>([.. found.Groups.Select(group => new GroupPart(group.Id, group.Name))], null));
    }

    /// <summary>How many records a group has, and how many each of its rules holds for.</summary>
    public static async Task<Ok<GroupCount>> CountAsync(
        string model, string group, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Records.GroupCountAsync(
            project, found, Named.Group(found, group).Rule, cancellationToken));
    }

    /// <summary>The same for a group that is not saved.</summary>
    public static async Task<Ok<GroupCount>> CountUnsavedAsync(
        string model, ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(await caller.Inspectors(draft).Records.GroupCountAsync(
            project, found, Of(body, project, services).Rule, cancellationToken));
    }

    /// <summary>Some members of a group.</summary>
    public static async Task<Ok<RecordsPart>> SampleAsync(
        string model, string group, Caller caller, CancellationToken cancellationToken, bool draft = false, int? limit = null)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(RecordsPart.Of(await caller.Inspectors(draft).Records.GroupSampleAsync(
            project, found, Named.Group(found, group).Rule, Paging.Limit(limit), cancellationToken)));
    }

    /// <summary>Some records that a group that is not saved would have.</summary>
    public static async Task<Ok<RecordsPart>> SampleUnsavedAsync(
        string model, ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true, int? limit = null)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(RecordsPart.Of(await caller.Inspectors(draft).Records.GroupSampleAsync(
            project, found, Of(body, project, services).Rule, Paging.Limit(limit), cancellationToken)));
    }

    /// <summary>How many members a group shares with each other group of the model.</summary>
    public static async Task<Ok<Page<GroupOverlap>>> OverlapAsync(
        string model, string group, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(new Page<GroupOverlap>(await caller.Inspectors(draft).Records.GroupOverlapAsync(
            project, found, Named.Group(found, group).Rule, group, cancellationToken), null));
    }

    /// <summary>The same for a group that is not saved; one with an id is not compared with itself.</summary>
    public static async Task<Ok<Page<GroupOverlap>>> OverlapUnsavedAsync(
        string model, ThingBody body, Caller caller, ControlServices services, CancellationToken cancellationToken,
        bool draft = true)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(new Page<GroupOverlap>(await caller.Inspectors(draft).Records.GroupOverlapAsync(
            project, found, Of(body, project, services).Rule, body.Id("group"), cancellationToken), null));
    }

    /// <summary>Why a record is in a group or not, rule by rule.</summary>
    /// <param name="key">The record's key.</param>
    public static async Task<Ok<RuleVerdict>> WhyAsync(
        string model, string group, string key, Caller caller, CancellationToken cancellationToken, bool draft = false)
    {
        var (project, found) = await caller.ModelAsync(model, draft, cancellationToken);
        return TypedResults.Ok(
            await caller.Inspectors(draft).Records.WhyAsync(project, found, Named.Group(found, group).Rule, key, cancellationToken)
            ?? throw new PenstockException(InspectingProblems.UnknownRecord.Of(
                $"The model {model} has no record of that key.", InspectingProblems.UnknownRecord.ToDo)));
    }

    private static Group Of(ThingBody body, Project project, ControlServices services) =>
        body.Group(body.Id("group") ?? Unsaved, project, services.Apps.Connectors);
}
