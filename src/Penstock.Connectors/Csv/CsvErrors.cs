using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>
/// What DuckDB said, as what happened, in which file and line, and what to do. The line itself, which is data, is left out.
/// </summary>
internal static partial class CsvErrors
{
    /// <summary>The error as one of ours.</summary>
    public static SourceException Explain(DuckDBException cause, CsvApp app)
    {
        var text = cause.Message;
        if (LinePattern().Match(text) is { Success: true } line)
            return new(Malformed(text, line.Groups[1].Value, app), cause);
        var first = text.Split('\n')[0].Trim().TrimEnd('.');
        return new(
            text.Contains("Referenced column", StringComparison.Ordinal)
                || text.Contains("does not have a column", StringComparison.Ordinal)
                ? new("source.unknown_column", $"A column is not in the files of '{app.Folder}': {first}.",
                    Candidates(text)
                        ?? "Check the columns of the source's properties, filters and join, and the app's header and delimiter.")
            : text.StartsWith("Catalog Error: Table", StringComparison.Ordinal)
                ? new("source.unknown_table", $"The query names what is no file of '{app.Folder}': {first}.",
                    "Write a file's path in double quotes, such as \"users.csv\".")
            : text.StartsWith("Permission Error", StringComparison.Ordinal)
                ? new("source.not_allowed", $"The query reaches out of the folder '{app.Folder}': {first}.",
                    "Only files below the folder are read.")
            : text.StartsWith("Out of Memory", StringComparison.Ordinal)
                ? new("source.out_of_memory", $"The files of '{app.Folder}' are too large to be aggregated here: {first}.",
                    "Load them into a database, and use that as the source.")
            : new Problem("source.failed", $"DuckDB refused the statement on '{app.Folder}': {first}."),
            cause);
    }

    /// <summary>The statement ran too long.</summary>
    public static SourceException TimedOut(CsvApp app, Exception cause) => new(
        new("source.timed_out", $"The statement on '{app.Folder}' was ended after its time was up.",
            "Give the app a longer statement_timeout."), cause);

    private static Problem Malformed(string text, string line, CsvApp app)
    {
        var file = FilePattern().Match(text) is { Success: true } path
            ? Path.GetRelativePath(app.Folder.Full, path.Groups[1].Value.Trim())
            : app.Folder.Given;
        var what = CountPattern().Match(text) is { Success: true } count
            ? $"it has {count.Groups[2].Value} values where {count.Groups[1].Value} are expected"
            : text.Contains("unicode", StringComparison.OrdinalIgnoreCase) || text.Contains("not utf-8", StringComparison.OrdinalIgnoreCase)
                ? "its characters are not in the app's encoding"
            : text.Contains("quote", StringComparison.OrdinalIgnoreCase)
                && !text.Contains("Could not convert", StringComparison.OrdinalIgnoreCase)
                && !text.Contains("Error when converting", StringComparison.Ordinal) ? "a quote is not closed, or is followed by something"
            : ColumnPattern().Match(text) is { Success: true } column
                ? $"a value of column {column.Groups[1].Value} is of another type than the rows before it"
            : "it can't be read";
        return new(
            "source.malformed_file",
            $"Line {line} of '{file}' is malformed: {what}.",
            "Put the line right, or set the app's delimiter, encoding or all_text. Nothing of this read counts.");
    }

    private static string? Candidates(string text) => CandidatesPattern().Match(text) is { Success: true } match
        ? $"The file has: {match.Groups[1].Value.Trim()}."
        : null;

    [GeneratedRegex(@"CSV Error on Line: (\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"\n\s*file ?= ?([^\n]+)", RegexOptions.NonBacktracking)]
    private static partial Regex FilePattern();

    [GeneratedRegex(@"Expected Number of Columns: (\d+) Found: (\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex CountPattern();

    [GeneratedRegex("converting column (\"[^\n]+?\")", RegexOptions.NonBacktracking)]
    private static partial Regex ColumnPattern();

    [GeneratedRegex(@"Candidate bindings: ([^\n]+)", RegexOptions.NonBacktracking)]
    private static partial Regex CandidatesPattern();
}
