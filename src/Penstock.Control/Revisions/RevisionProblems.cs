using Penstock.Contract;

namespace Penstock.Control.Revisions;

/// <summary>The codes of what can go wrong with the draft and with revisions.</summary>
public static class RevisionProblems
{
    /// <summary>Somebody else changed the same thing.</summary>
    public static ProblemCode Conflict { get; } = new(
        "draft.conflict", "Somebody else changed the same thing of the draft in the meantime.",
        "Look at it as it is now, then make your change again; nothing was overwritten.");

    /// <summary>A newer revision was published since the draft was begun.</summary>
    public static ProblemCode Outdated { get; } = new(
        "draft.outdated", "A newer revision was published since the draft was begun.", "Bring the draft up to date, then publish it.");

    /// <summary>The draft changes nothing.</summary>
    public static ProblemCode Unchanged { get; } = new(
        "draft.unchanged", "The draft changes nothing, so there is nothing to publish.", "Make a change first.");

    /// <summary>Something is in use.</summary>
    public static ProblemCode InUse { get; } = new(
        "draft.in_use", "Something can't be removed because others use it.", "Remove or change first what the message names.");

    /// <summary>There is no such thing in the draft.</summary>
    public static ProblemCode UnknownThing { get; } = new(
        "draft.unknown_thing", "The draft has no such thing; somebody may have removed it.", "Look at the draft as it is now.");

    /// <summary>The id is taken.</summary>
    public static ProblemCode Taken { get; } = new(
        "draft.id_taken", "The draft already has something of this id.", "Choose another id.");

    /// <summary>The draft changes too often.</summary>
    public static ProblemCode DraftBusy { get; } = new(
        "draft.busy", "The draft is being changed by others all the time.", "Try again in a moment.");

    /// <summary>The draft can't be read.</summary>
    public static ProblemCode Unreadable { get; } = new(
        "draft.unreadable", "The draft was written by another version of Penstock and can't be read.",
        "Use that version, or discard the draft.");

    /// <summary>The project is locked to git.</summary>
    public static ProblemCode Locked { get; } = new(
        "revision.locked", "The project is locked to git: it is published from files only.",
        "Take the YAML that the draft comes to into git, or have an administrator take the lock off.");

    /// <summary>No revision of that number.</summary>
    public static ProblemCode Unknown { get; } = new(
        "revision.unknown", "There is no revision of that number.", "Use one of those that are listed.");

    /// <summary>No revision at all.</summary>
    public static ProblemCode None { get; } = new(
        "revision.none", "Nothing has been published yet.", "Publish the draft, or run penstock apply.");

    /// <summary>The files were pulled from an older revision.</summary>
    public static ProblemCode Newer { get; } = new(
        "revision.conflict", "A newer revision was published than the one that the files come from.",
        "Pull it, or put the files over it with --force.");

    /// <summary>Two publish at once.</summary>
    public static ProblemCode PublishBusy { get; } = new(
        "revision.busy", "Somebody else publishes at the same moment.", "Look at what was published, then try again.");

    /// <summary>A file's name can't be part of a project.</summary>
    public static ProblemCode FileName { get; } = new(
        "revision.file_name", "A file's name can't be part of a project.",
        "Name files relative to the project folder, ending in .yaml, .yml or .json.");
}
