using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>The draft as a whole. Its things are below it: <see cref="DraftThingEndpoints"/>.</summary>
internal static class DraftEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var draft = api.MapGroup("/draft").WithTags("Draft");
        draft.MapGet("/", GetAsync).WithName("get_draft").RequireAuthorization(Policies.Viewer).Produces<DraftPart>();
        draft.MapGet("/changes", ChangesAsync).WithName("get_draft_changes").RequireAuthorization(Policies.Viewer);
        draft.MapGet("/files", FilesAsync).WithName("get_draft_files").RequireAuthorization(Policies.Viewer);
        draft.MapPost("/publish", PublishAsync).WithName("publish_draft").RequireAuthorization(Policies.Publisher);
        draft.MapPost("/discard", DiscardAsync).WithName("discard_draft").RequireAuthorization(Policies.Editor);
        draft.MapPost("/rebase", RebaseAsync).WithName("rebase_draft").RequireAuthorization(Policies.Editor);
    }

    /// <summary>The draft of the next revision: its things with their ETags, and all that is wrong with it.</summary>
    public static async Task<IResult> GetAsync(
        HttpContext context, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var state = await services.Drafts.GetAsync(cancellationToken);
        var etag = FormattableString.Invariant($"{state.Version}-{state.BaseRevision}-{state.NewestRevision}-{state.IsLocked}");
        return Etags.Answer(context, etag, DraftPart.Of(state));
    }

    /// <summary>What publishing the draft would change: in words, and as files.</summary>
    public static async Task<Ok<Changes>> ChangesAsync(Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        return TypedResults.Ok(await services.Drafts.CompareAsync(cancellationToken));
    }

    /// <summary>The files that the draft comes to, by name: what a project locked to git takes into git.</summary>
    public static async Task<Ok<IReadOnlyDictionary<string, string>>> FilesAsync(
        Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        return TypedResults.Ok(await services.Drafts.FilesAsync(cancellationToken));
    }

    /// <summary>Publishes the draft: it becomes the next revision, and what runs.</summary>
    public static async Task<Created<RevisionInfo>> PublishAsync(
        PublishRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var revision = await services.Drafts.PublishAsync(caller.Actor, body.Comment, body.Version, cancellationToken);
        return TypedResults.Created(FormattableString.Invariant($"{ApiSetup.Root}/revisions/{revision.Number}"), revision);
    }

    /// <summary>Throws the draft away: the newest revision stands again.</summary>
    public static async Task<Ok<DraftPart>> DiscardAsync(
        DiscardRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        return TypedResults.Ok(DraftPart.Of(await services.Drafts.DiscardAsync(caller.Actor, body.Version, cancellationToken)));
    }

    /// <summary>Brings the draft over a newer revision. What was changed on both sides and is not decided is told as conflicts.</summary>
    public static async Task<Ok<RebasePart>> RebaseAsync(
        RebaseRequest body, Caller caller, ControlServices services, CancellationToken cancellationToken)
    {
        caller.CheckWhole();
        var result = await services.Drafts.RebaseAsync(
            caller.Actor, body.Version, body.Choices ?? new Dictionary<string, RebaseChoice>(), cancellationToken);
        return TypedResults.Ok(new RebasePart(DraftPart.Of(result.State), result.Conflicts));
    }
}

/// <summary>The draft.</summary>
/// <param name="Version">Counts edits; to be given to publishing.</param>
/// <param name="BaseRevision">The revision that it was begun from; 0 for none.</param>
/// <param name="NewestRevision">The newest revision; 0 for none.</param>
/// <param name="IsChanged">Whether it differs from its base.</param>
/// <param name="IsOutdated">Whether a newer revision was published since, so that it must be brought up to date first.</param>
/// <param name="IsLocked">Whether the project is published from files only.</param>
/// <param name="Things">Each thing by its word (<c>app:shop</c>, <c>group:users/vip</c>) with its ETag and who changed it.</param>
/// <param name="Problems">All that is wrong with it.</param>
public sealed record DraftPart(
    long Version, long BaseRevision, long NewestRevision, bool IsChanged, bool IsOutdated, bool IsLocked,
    IReadOnlyDictionary<string, ThingStamp> Things, IReadOnlyList<ProblemPart> Problems)
{
    internal static DraftPart Of(DraftState state) => new(
        state.Version, state.BaseRevision, state.NewestRevision, state.IsChanged, state.IsOutdated, state.IsLocked, state.Things,
        [.. state.Problems.Select(ProblemPart.Of)]);
}

/// <summary>How to publish.</summary>
/// <param name="Version">The draft's version that was looked at.</param>
/// <param name="Comment">What changed and why.</param>
public sealed record PublishRequest(long Version, string Comment = "");

/// <summary>What to throw away.</summary>
/// <param name="Version">The draft's version that was looked at; left out for whatever it is.</param>
public sealed record DiscardRequest(long? Version = null);

/// <summary>How to bring the draft up to date.</summary>
/// <param name="Version">The draft's version that was looked at.</param>
/// <param name="Choices">By the thing's word, which side to take of those changed on both: <c>draft</c> or <c>published</c>.</param>
public sealed record RebaseRequest(long Version, IReadOnlyDictionary<string, RebaseChoice>? Choices = null);

/// <summary>The draft brought up to date.</summary>
/// <param name="Draft">The draft afterwards; as it was when there are conflicts.</param>
/// <param name="Conflicts">The words of the things that are to be decided.</param>
public sealed record RebasePart(DraftPart Draft, IReadOnlyList<string> Conflicts);
