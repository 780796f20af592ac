using Penstock.Contract;

namespace Penstock.Connectors.Files;

/// <summary>The codes of what can be wrong with files that are written.</summary>
public static class FileProblems
{
    /// <summary>The app's folder is a file.</summary>
    public static ProblemCode NoFolder { get; } = new(
        "file.no_folder",
        "The app's folder is a file.",
        "Name a folder.");

    /// <summary>The file may not be written.</summary>
    public static ProblemCode NoPermission { get; } = new(
        "file.no_permission",
        "The file or its folder may not be written.",
        "Give the user Penstock runs as the right to write there.");

    /// <summary>The file could not be written.</summary>
    public static ProblemCode NotWritten { get; } = new(
        "file.not_written",
        "The file could not be written, for the reason that the message quotes.",
        "See that the disk has room.");
}
