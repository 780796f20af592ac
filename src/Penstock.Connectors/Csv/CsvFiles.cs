using System.Buffers;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>The files of the folder, and which of them a table's name means.</summary>
internal static class CsvFiles
{
    private static readonly SearchValues<char> PatternCharacters = SearchValues.Create("*?[]{}");
    private static readonly string[] Endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst"];

    /// <summary>The path of a table: <c>users.csv</c> reads as the two parts of a name, which are put together again.</summary>
    public static string Path(Identifier table) => string.Join('.', table.Parts);

    /// <summary>The files below the folder, by their path in it, in alphabetical order.</summary>
    /// <exception cref="ConnectionException">There is no such folder, or it can't be read.</exception>
    public static IReadOnlyList<FileInfo> All(CsvApp app)
    {
        Check(app);
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = true };
            return [.. new DirectoryInfo(app.Folder.Full).EnumerateFiles("*", options)
                .Where(file => Endings.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)];
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new ConnectionException(
                ConnectionFault.NoPermission,
                new("connection.no_permission", $"The folder '{app.Folder}' can't be read.",
                    "Let the user Penstock runs as read the folder and its files."),
                cause);
        }
    }

    /// <summary>Refuses a folder that does not exist or can't be named to DuckDB.</summary>
    public static void Check(CsvApp app)
    {
        if (!Directory.Exists(app.Folder.Full))
        {
            throw new ConnectionException(
                ConnectionFault.NotFound,
                new("connection.not_found", $"The folder '{app.Folder}' does not exist.",
                    "Check the app's folder; it is relative to the project folder."));
        }

        if (app.Folder.Full.AsSpan().ContainsAny(PatternCharacters))
        {
            throw new ConnectionException(
                ConnectionFault.Other,
                new("option.invalid", $"The folder '{app.Folder}' has one of * ? [ ] {{ }} in its path, which would be read as a pattern.",
                    "Move or rename the folder.")
                { Path = "folder" });
        }
    }

    /// <summary>The path inside the folder, with / on every system.</summary>
    public static string Relative(CsvApp app, FileInfo file) =>
        System.IO.Path.GetRelativePath(app.Folder.Full, file.FullName).Replace(System.IO.Path.DirectorySeparatorChar, '/');

    /// <summary>The files that a path or pattern means; none when it leads out of the folder.</summary>
    public static IReadOnlyList<FileInfo> Matching(CsvApp app, string path)
    {
        if (System.IO.Path.IsPathRooted(path) || path.Contains('\0', StringComparison.Ordinal) || path.Split('/', '\\').Contains(".."))
            return [];
        if (!path.AsSpan().ContainsAny('*', '?'))
        {
            var file = new FileInfo(System.IO.Path.Combine(app.Folder.Full, path));
            return file.Exists ? [file] : [];
        }

        return [.. All(app).Where(file => Matches(path.Split('/'), Relative(app, file).Split('/')))];
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.Length == 0 || path.Length == 0)
            return pattern.Length == path.Length;
        if (pattern[0] == "**")
            return Matches(pattern[1..], path) || Matches(pattern, path[1..]);
        return System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false)
            && Matches(pattern[1..], path[1..]);
    }
}
