namespace Penstock.Control.Revisions;

/// <summary>What differs between two configurations, in people's words and as files.</summary>
/// <param name="Things">The things that differ, in the order project, apps, models, groups, destinations.</param>
/// <param name="Files">The files that differ, by name.</param>
public sealed record Changes(IReadOnlyList<ThingChange> Things, IReadOnlyList<FileChange> Files)
{
    /// <summary>Nothing differs.</summary>
    public static Changes None { get; } = new([], []);

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Things.Count == 0 && Files.Count == 0;
}

/// <summary>What became of something.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is another.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}

/// <summary>One thing that differs.</summary>
/// <param name="Thing">Its word, such as <c>group:users/vip</c>.</param>
/// <param name="Title">What people call it: <c>Group *VIP*</c>.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Details">What is different, one sentence each; names of people's own between asterisks, ids between backticks.</param>
public sealed record ThingChange(string Thing, string Title, ChangeKind Kind, IReadOnlyList<string> Details);

/// <summary>One file that differs.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="LosesComments">Whether it held comments that it holds no longer, because it was written anew.</param>
/// <param name="Lines">The lines that differ, with three around them.</param>
/// <param name="IsCut">Whether there are more lines than are given.</param>
public sealed record FileChange(string File, ChangeKind Kind, bool LosesComments, IReadOnlyList<LineChange> Lines, bool IsCut);

/// <summary>One line of a file.</summary>
/// <param name="Kind">What became of it; null for one that stays.</param>
/// <param name="Line">Its number in the new file, or in the old one when it is gone; 0 for a gap, where lines that stay are left
/// out.</param>
/// <param name="Text">The line; credentials written out in it are shown as <c>***</c>.</param>
public sealed record LineChange(ChangeKind? Kind, int Line, string Text);
