using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>The codes of what can be wrong with a workspace.</summary>
public static class WorkspaceProblems
{
    /// <summary>Another process has it.</summary>
    public static ProblemCode Held { get; } = new(
        "workspace.held", "Another process works on the model.", "Wait until it ends, or stop it; the message says which one it is.");

    /// <summary>It was written by a newer version.</summary>
    public static ProblemCode Newer { get; } = new(
        "workspace.newer", "The workspace was written by a newer version.",
        "Use that version or a later one, or delete the file: every record is then sent again.");

    /// <summary>The file is damaged, or no workspace.</summary>
    public static ProblemCode Damaged { get; } = new(
        "workspace.damaged", "The workspace's file is damaged.", "Put back a copy of it, or delete it: every record is then sent again.");

    /// <summary>The disk is full.</summary>
    public static ProblemCode DiskFull { get; } = new(
        "workspace.disk_full", "The disk that holds the workspace is full.", "Make room there, or choose another folder with --workspace.");

    /// <summary>What does not fit in memory does not fit on disk either.</summary>
    public static ProblemCode SpillFull { get; } = new(
        "workspace.spill_full", "The workspace has used all the disk it may use for what does not fit in memory.",
        "Give it more memory or more disk.");

    /// <summary>The memory is used up.</summary>
    public static ProblemCode Memory { get; } =
        new("workspace.memory", "The workspace needs more memory than it may use.", "Give it more memory.");

    /// <summary>The folder can't be used.</summary>
    public static ProblemCode Folder { get; } = new(
        "workspace.folder", "The folder of the workspaces can't be made or written to.",
        "Let this user write there, or choose another folder with --workspace.");

    /// <summary>The file can't be opened.</summary>
    public static ProblemCode Unreadable { get; } = new(
        "workspace.unreadable", "The workspace's file can't be opened.", "See that this user may read and write it.");
}
