using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Runs: asking for them, following them, approving what they wait with.</summary>
internal static class RunEndpoints
{
    private const int MostKeyLetters = 200;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/models/{model}/runs", StartAsync).WithName("start_run").WithTags("Runs").RequireAuthorization(Policies.Publisher)
            .WithMetadata(new TakesIdempotencyKey());
        api.MapPost("/destinations/{destination}/retry", RetryAsync).WithName("retry_refused").WithTags("Runs")
            .RequireAuthorization(Policies.Publisher);
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("/", ListAsync).WithName("list_runs").RequireAuthorization(Policies.Viewer);
        runs.MapGet("/{run}", GetAsync).WithName("get_run").RequireAuthorization(Policies.Viewer);
        runs.MapGet("/{run}/events", EventsAsync).WithName("follow_run").RequireAuthorization(Policies.Viewer);
        runs.MapPost("/{run}/cancel", CancelAsync).WithName("cancel_run").RequireAuthorization(Policies.Publisher);
        runs.MapPost("/{run}/approve", ApproveAsync).WithName("approve_removals").RequireAuthorization(Policies.Publisher);
    }

    /// <summary>
    /// Asks for a run: it starts as soon as the model does not run and there is room. Answers at once, with the run to follow.
    /// </summary>
    /// <param name="key">The caller's own key for this request.</param>
    public static async Task<Accepted<RunPart>> StartAsync(
        string model, [FromHeader(Name = "Idempotency-Key")] string? key, Caller caller, ControlServices services,
        CancellationToken cancellationToken, RunWish? body = null)
    {
        caller.Checked(model);
        if (key is { Length: 0 or > MostKeyLetters })
            throw new PenstockException(ApiProblems.Parameter.Of("An Idempotency-Key has 1 to 200 characters.",
                ApiProblems.Parameter.ToDo));
        var wish = body ?? new();
        var ask = new RunAsk
        {
            Trigger = caller.Actor.Kind == ActorKind.Person ? RunTrigger.Person : RunTrigger.Api,
            Full = wish.Full,
            Destinations = wish.Destinations,
            IdempotencyKey = key,
            RequestHash = Hash(model, wish),
        };
        return await AcceptedAsync(await services.Coordinator.EnqueueAsync(caller.Actor, model, ask, cancellationToken), services,
            cancellationToken);
    }

    /// <summary>Lets the refused records of a destination be tried again, by a run of that destination.</summary>
    public static async Task<Accepted<RunPart>> RetryAsync(
        string destination, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var (_, found) = await caller.DestinationAsync(destination, draft: false, cancellationToken);
        return await AcceptedAsync(
            await services.Coordinator.RetryAsync(caller.Actor, found.ModelId, found.Id, cancellationToken), services, cancellationToken);
    }

    /// <summary>Lists runs, newest first.</summary>
    /// <param name="model">Only of this model.</param>
    /// <param name="status">Only with one of these statuses; may be given several times.</param>
    /// <param name="from">Only those that began then or later.</param>
    /// <param name="to">Only those that began before.</param>
    public static async Task<Ok<Page<RunPart>>> ListAsync(
        Caller caller, ControlServices services, CancellationToken cancellationToken, string? model = null, string[]? status = null,
        DateTimeOffset? from = null, DateTimeOffset? to = null, string? cursor = null, int? limit = null)
    {
        Paging.Number(cursor);
        model ??= caller.Models is [var only] ? only : null;
        if (model is not null)
            caller.Checked(model);
        else
            caller.CheckWhole();
        var filter = new RunFilter
        {
            Model = model,
            Statuses = status is { Length: > 0 } ? [.. status.Select(Status)] : null,
            From = from,
            To = to,
            After = cursor,
            Limit = Paging.Limit(limit),
        };
        var page = await services.Inspection.RunsAsync(filter, cancellationToken);
        return TypedResults.Ok(new Page<RunPart>([.. page.Runs.Select(RunPart.Of)], page.Next));
    }

    /// <summary>A run with its steps, plans, counts and problems.</summary>
    public static async Task<Ok<RunDetail>> GetAsync(
        string run, Caller caller, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(RunDetail.Of(await FindAsync(run, caller, services, cancellationToken)));

    /// <summary>
    /// The progress of a run as server-sent events: <c>progress</c> while it waits or goes on, at most four a second, then one <c>end</c>.
    /// Each is the whole picture, so that one who comes late misses nothing.
    /// </summary>
    public static async Task<ServerSentEventsResult<LiveRun>> EventsAsync(
        string run, [FromHeader(Name = "Last-Event-ID")] string? last, Caller caller, ControlServices services,
        CancellationToken cancellationToken)
    {
        await FindAsync(run, caller, services, cancellationToken);
        return TypedResults.ServerSentEvents(FollowAsync(run, last, services, cancellationToken));
    }

    /// <summary>Cancels a run: requests in flight are finished. The second time it is aborted.</summary>
    public static async Task<Accepted<RunPart>> CancelAsync(
        string run, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await FindAsync(run, caller, services, cancellationToken);
        await services.Coordinator.CancelAsync(caller.Actor, run, cancellationToken);
        return await AcceptedAsync(run, services, cancellationToken);
    }

    /// <summary>Approves the removals that a run waits with: as many as were seen. Gives the run that removes them.</summary>
    public static async Task<Accepted<RunPart>> ApproveAsync(
        string run, ApproveRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        await FindAsync(run, caller, services, cancellationToken);
        return await AcceptedAsync(
            await services.Coordinator.ApproveAsync(caller.Actor, run, body.Destination, body.Removals, cancellationToken), services,
            cancellationToken);
    }

    private static async IAsyncEnumerable<SseItem<LiveRun>> FollowAsync(
        string run, string? last, ControlServices services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var picture in services.Coordinator.WatchAsync(run, cancellationToken))
        {
            // A picture's id is its content, so that who comes back is not shown what they have.
            var id = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(picture, ApiJson.Options)))[..16];
            if (picture.IsFinal || id != last)
                yield return new(picture, picture.IsFinal ? "end" : "progress") { EventId = id };
        }
    }

    private static async Task<KeptRun> FindAsync(string run, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        var found = await services.Inspection.RunAsync(run, cancellationToken);
        caller.Checked(found.Model);
        return found;
    }

    private static async Task<Accepted<RunPart>> AcceptedAsync(string run, ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Accepted($"{ApiSetup.Root}/runs/{run}", RunPart.Of(await services.Inspection.RunAsync(run, cancellationToken)));

    private static string Hash(string model, RunWish wish) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(model + "\n" + JsonSerializer.Serialize(wish, ApiJson.Options))));

    private static KeptStatus Status(string word) =>
        Enum.TryParse<KeptStatus>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var status)
        && Enum.IsDefined(status) && !char.IsDigit(word[0]) ? status
            : throw new PenstockException(ApiProblems.Parameter.Of(
                $"There is no status '{word}': {string.Join(", ", Enum.GetNames<KeptStatus>()).ToLowerInvariant()}.",
                ApiProblems.Parameter.ToDo));
}

/// <summary>How a run is wanted.</summary>
/// <param name="Full">Whether everything is sent anew.</param>
/// <param name="Destinations">The only destinations to serve; left out for all of the model's.</param>
public sealed record RunWish(bool Full = false, IReadOnlyList<string>? Destinations = null);

/// <summary>Removals that somebody has seen.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Removals">How many were seen; if there are more by then, the run waits again.</param>
public sealed record ApproveRequest(string Destination, long Removals);
