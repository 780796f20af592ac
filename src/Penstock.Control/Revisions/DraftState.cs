using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>The next revision as it is edited, at one moment.</summary>
public sealed record DraftState
{
    /// <summary>The project, which may be unfinished: a mapping without property, a rule without value.</summary>
    public required Project Project { get; init; }

    /// <summary>All that is wrong with it, with paths such as <c>destinations.braze_users.mapping.email</c>; warnings too.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The project as validated; null while any problem is an error.</summary>
    public required Project? Valid { get; init; }

    /// <summary>The revision that it was begun from; 0 for none.</summary>
    public required long BaseRevision { get; init; }

    /// <summary>The newest revision; 0 for none.</summary>
    public required long NewestRevision { get; init; }

    /// <summary>Counts edits; to be given to publishing, so that nothing unseen is published.</summary>
    public required long Version { get; init; }

    /// <summary>Whether it differs from the revision it was begun from.</summary>
    public required bool IsChanged { get; init; }

    /// <summary>Whether a newer revision was published since it was begun, so that it must be brought up to date first.</summary>
    public bool IsOutdated => IsChanged && NewestRevision != BaseRevision;

    /// <summary>Whether the project is published from files only.</summary>
    public required bool IsLocked { get; init; }

    /// <summary>Each thing by its word: <c>project</c>, <c>app:shop</c>, <c>model:users</c>, <c>group:users/vip</c>, …</summary>
    public required IReadOnlyDictionary<string, ThingStamp> Things { get; init; }

    /// <summary>The etag of a thing; empty when there is none of that word.</summary>
    public string Etag(string thing) => Things.TryGetValue(thing, out var stamp) ? stamp.Etag : "";
}

/// <summary>The state of one thing of the draft.</summary>
/// <param name="Etag">The hash of its canonical text: another whenever the thing is another.</param>
/// <param name="IsChanged">Whether it differs from the base revision's.</param>
/// <param name="ChangedBy">Who last changed it in this draft; null for nobody.</param>
/// <param name="ChangedAt">When.</param>
public sealed record ThingStamp(string Etag, bool IsChanged, string? ChangedBy, DateTimeOffset? ChangedAt);

/// <summary>What bringing the draft up to date came to.</summary>
/// <param name="State">The draft afterwards; as it was when there are conflicts that were not decided.</param>
/// <param name="Conflicts">The words of the things that were changed on both sides and not decided; then nothing was done.</param>
public sealed record RebaseResult(DraftState State, IReadOnlyList<string> Conflicts);

/// <summary>Which side wins for a thing that was changed on both.</summary>
public enum RebaseChoice
{
    /// <summary>The draft's.</summary>
    Draft,

    /// <summary>The published one's.</summary>
    Published,
}
