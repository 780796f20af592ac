using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Published configurations.</summary>
internal static class RevisionEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var revisions = api.MapGroup("/revisions").WithTags("Revisions");
        revisions.MapGet("/", ListAsync).WithName("list_revisions").RequireAuthorization(Policies.Viewer);
        revisions.MapGet("/current", CurrentAsync).WithName("get_current_revision").RequireAuthorization(Policies.Viewer)
            .Produces<RevisionPart>();
        revisions.MapGet("/{number:long}", GetAsync).WithName("get_revision").RequireAuthorization(Policies.Viewer)
            .Produces<RevisionPart>();
        revisions.MapGet("/{number:long}/changes", ChangesAsync).WithName("compare_revisions").RequireAuthorization(Policies.Viewer);
        revisions.MapPost("/", ApplyAsync).WithName("apply_files").RequireAuthorization(Policies.Publisher);
        revisions.MapPost("/{number:long}/rollback", RollbackAsync).WithName("roll_back").RequireAuthorization(Policies.Publisher);
        revisions.MapGet("/lock", LockAsync).WithName("get_lock").RequireAuthorization(Policies.Viewer);
        revisions.MapPut("/lock", SetLockAsync).WithName("set_lock").RequireAuthorization(Policies.Administrator);
    }

    /// <summary>Lists the revisions, newest first.</summary>
    public static async Task<Ok<Page<RevisionInfo>>> ListAsync(
        ControlServices services, CancellationToken cancellationToken, string? cursor = null, int? limit = null)
    {
        var page = await services.Revisions.ListAsync(Paging.Number(cursor), Paging.Limit(limit, most: 200), cancellationToken);
        return TypedResults.Ok(new Page<RevisionInfo>(page.Revisions, page.Next is { } next ? Paging.Cursor(next) : null));
    }

    /// <summary>The revision that runs, with its files.</summary>
    public static async Task<IResult> CurrentAsync(
        HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        return Answer(context, await services.Revisions.PullAsync(cancellationToken) ?? throw new PenstockException(
            RevisionProblems.None.Of("Nothing has been published yet.", RevisionProblems.None.ToDo)));
    }

    /// <summary>A revision with its files.</summary>
    public static async Task<IResult> GetAsync(
        long number, HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        return Answer(context, await services.Revisions.GetAsync(number, cancellationToken));
    }

    /// <summary>What a revision changed, in words and as files.</summary>
    /// <param name="from">The earlier one; the one before when it is left out.</param>
    public static async Task<Ok<Changes>> ChangesAsync(
        long number, Caller caller, ControlServices services, CancellationToken cancellationToken, long? from = null)
    {
        caller.CheckWhole();
        return TypedResults.Ok(await services.Revisions.CompareAsync(from ?? number - 1, number, cancellationToken));
    }

    /// <summary>Publishes files as they are: what <c>penstock apply</c> does.</summary>
    public static async Task<Results<Created<ApplyPart>, Ok<ApplyPart>>> ApplyAsync(
        ApplyRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var result = ApplyPart.Of(await services.Revisions.ApplyAsync(
            caller.Actor, body.Files, body.Comment, body.Force ? null : body.Base ?? 0, body.DryRun, cancellationToken));
        return body.DryRun || result.Unchanged ? TypedResults.Ok(result)
            : TypedResults.Created(FormattableString.Invariant($"{ApiSetup.Root}/revisions/{result.Number}"), result);
    }

    /// <summary>Publishes an earlier revision again, as a new one.</summary>
    public static async Task<Created<RevisionInfo>> RollbackAsync(
        long number, RollbackRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var revision = await services.Revisions.RollbackAsync(caller.Actor, number, body.Comment, cancellationToken);
        return TypedResults.Created(FormattableString.Invariant($"{ApiSetup.Root}/revisions/{revision.Number}"), revision);
    }

    /// <summary>Whether the project is locked to git.</summary>
    public static async Task<Ok<LockPart>> LockAsync(ControlServices services, CancellationToken cancellationToken) =>
        TypedResults.Ok(new LockPart(await services.Revisions.IsLockedAsync(cancellationToken)));

    /// <summary>Locks the project to git, or takes the lock off.</summary>
    public static async Task<Ok<LockPart>> SetLockAsync(
        LockPart body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        await services.Revisions.SetLockAsync(caller.Actor, body.Locked, cancellationToken);
        return TypedResults.Ok(body);
    }

    private static IResult Answer(HttpContext context, RevisionContent content) =>
        Etags.Answer(context, FormattableString.Invariant($"{content.Info.Number}"), RevisionPart.Of(content));
}

/// <summary>A revision with its files.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was published.</param>
/// <param name="AuthorName">Who published it.</param>
/// <param name="Comment">What the author said about it.</param>
/// <param name="Origin">draft, apply or rollback.</param>
/// <param name="Hash">Equal projects have equal ones.</param>
/// <param name="Files">The files by name.</param>
public sealed record RevisionPart(
    long Number, DateTimeOffset At, string AuthorName, string Comment, string Origin, string Hash,
    IReadOnlyDictionary<string, string> Files)
{
    internal static RevisionPart Of(RevisionContent content) => new(
        content.Info.Number, content.Info.At, content.Info.AuthorName, content.Info.Comment, content.Info.Origin, content.Info.Hash,
        content.Files);
}

/// <summary>Files to be published.</summary>
/// <param name="Files">All files of the project, by name.</param>
/// <param name="Comment">What changed and why.</param>
/// <param name="Base">The revision that the files come from; left out for files that were never pulled.</param>
/// <param name="DryRun">Whether to say only what would change.</param>
/// <param name="Force">Whether to put them over whatever is there.</param>
public sealed record ApplyRequest(
    IReadOnlyDictionary<string, string> Files, string Comment = "", long? Base = null, bool DryRun = false, bool Force = false);

/// <summary>What publishing files came to.</summary>
/// <param name="Number">The new revision's number; the newest's when nothing changed.</param>
/// <param name="Unchanged">Whether the newest revision has these very files.</param>
/// <param name="DryRun">Whether nothing was published.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Warnings">What reading the files warned of.</param>
public sealed record ApplyPart(long Number, bool Unchanged, bool DryRun, Changes Changes, IReadOnlyList<ProblemPart> Warnings)
{
    internal static ApplyPart Of(ApplyResult result) => new(
        result.Number, result.IsUnchanged, result.IsDryRun, result.Changes, [.. result.Warnings.Select(ProblemPart.Of)]);
}

/// <summary>Why to go back.</summary>
/// <param name="Comment">What the author says about it.</param>
public sealed record RollbackRequest(string Comment = "");

/// <summary>The lock.</summary>
/// <param name="Locked">Whether the project is published from files only.</param>
public sealed record LockPart(bool Locked);
