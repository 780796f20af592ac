using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// DuckDB's errors that are about the machine or the file, in words for the person who can mend them. DuckDB often gives them no kind, so
/// they are told by their text.
/// </summary>
internal static class WorkspaceFaults
{
    // "Could not read enough bytes" and "Corrupt database file" come from the storage, the others from reading the catalogue or the log.
    private static readonly string[] Damages =
    [
        "not a valid DuckDB database", "Corrupt database", "Could not read enough bytes", "Serialization Error",
        "Failure while replaying WAL",
        "Corrupt WAL", "database has been invalidated", "does not match stored checksum", "Failed to deserialize",
    ];

    /// <summary>What is wrong with the file or the machine, from DuckDB's words; null when it is something else.</summary>
    public static Problem? Explain(string message, string file)
    {
        if (Has(message, "No space left on device") || Has(message, "Disk quota exceeded") || Has(message, "not enough space on the disk"))
        {
            return WorkspaceProblems.DiskFull.Of(
                $"The disk that holds the workspace {file} is full. Nothing of the step at hand was kept.",
                "Make room there, or choose another folder with --workspace, and run again.");
        }

        if (Has(message, "max_temp_directory_size") || Has(message, "failed to offload data block"))
        {
            return WorkspaceProblems.SpillFull.Of(
                $"The workspace {file} has used all the disk it may use for what does not fit in memory.",
                "Give it more memory or more disk.");
        }

        if (Has(message, "Out of Memory Error"))
            return WorkspaceProblems.Memory.Of($"The workspace {file} needs more memory than it may use.",
                "Give it more memory, and run again.");
        if (Has(message, "Could not set lock on file"))
            return WorkspaceProblems.Held.Of($"The workspace {file} is open in another program.", "Close that program, and run again.");
        if (Has(message, "with version number") || Has(message, "newer version of DuckDB"))
            return Newer(file, "a newer version of DuckDB");
        return Array.Exists(Damages, words => Has(message, words)) ? Damaged(file, message) : null;
    }

    /// <summary>The file was written by something newer.</summary>
    public static Problem Newer(string file, string writer) => WorkspaceProblems.Newer.Of(
        $"The workspace {file} was written by {writer}, which this version of Penstock can't read.",
        $"Use that version or a later one. {Cost(file)}");

    private static Problem Damaged(string file, string message) => WorkspaceProblems.Damaged.Of(
        $"The workspace {file} is damaged, or no workspace: {FirstLine(message)}",
        "Put back a copy of it if there is one. " + Cost(file));

    private static string Cost(string file) =>
        $"Or delete {file} and start anew: nothing is lost at the source, every record is sent again, and records that were removed at the "
        + "source since the last run stay at the destination, as nobody remembers them.";

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('!', '.') + ".";

    private static bool Has(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
