namespace Penstock.Server.Components.Pages.Apps;

/// <summary>The beginning of a connector's guide as plain lines.</summary>
public static class GuideText
{
    private const int MostLines = 14;

    /// <summary>The lines of the first section: what is needed to connect. Tables become lines of "what: which".</summary>
    public static IReadOnlyList<string> FirstSection(string? guide)
    {
        var lines = new List<string>();
        var headings = 0;
        foreach (var line in (guide ?? "").Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#') && ++headings > 1)
                break;
            if (line.StartsWith("|---", StringComparison.Ordinal) && lines.Count > 0)
                lines.RemoveAt(lines.Count - 1); // the table's head, which says nothing by itself
            if (line.StartsWith('#') || line.StartsWith("|---", StringComparison.Ordinal) || line.StartsWith("```", StringComparison.Ordinal))
                continue;
            if (line.Length == 0)
                lines.Add("");
            else if (line.StartsWith('|'))
                lines.AddRange(["", string.Join(": ", line.Trim('|').Split('|', StringSplitOptions.TrimEntries))]);
            else if (lines.Count > 0 && lines[^1].Length > 0)
                lines[^1] += " " + line;
            else
                lines.Add(line);
        }

        return [.. lines.Where(line => line.Length > 0).Take(MostLines).Select(Plain)];
    }

    private static string Plain(string line) =>
        line.Replace("`", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
}
