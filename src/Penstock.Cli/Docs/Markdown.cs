namespace Penstock.Cli.Docs;

/// <summary>Text for Markdown.</summary>
internal static class Markdown
{
    /// <summary>Text in a cell of a table: on one line, bars escaped.</summary>
    public static string Cell(string? text) => (text ?? "").ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
