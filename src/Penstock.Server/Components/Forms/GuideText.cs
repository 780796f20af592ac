using System.Text.RegularExpressions;

namespace Penstock.Server.Components.Forms;

/// <summary>A part of a connector's guide.</summary>
/// <param name="Kind">What it is: <c>h</c>eading, <c>p</c>aragraph, <c>li</c>st, <c>t</c>able, <c>code</c>.</param>
/// <param name="Lines">Its lines: of a list, an item each; of a table, a row each with its cells parted by <c>|</c>.</param>
public sealed record GuideBlock(string Kind, IReadOnlyList<string> Lines);

/// <summary>A piece of a line: plain, code, or emphasised.</summary>
/// <param name="Kind">Empty for plain, <c>code</c>, <c>strong</c> or <c>em</c>.</param>
/// <param name="Text">The text.</param>
public sealed record GuideSpan(string Kind, string Text);

/// <summary>Reads the little of Markdown that connectors' guides are written in, so that it is shown as text and never as markup.</summary>
public static partial class GuideText
{
    /// <summary>The blocks of a guide.</summary>
    public static IReadOnlyList<GuideBlock> Read(string markdown)
    {
        var blocks = new List<GuideBlock>();
        foreach (var part in markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length == 0)
                continue;
            if (lines[0].StartsWith('#'))
            {
                blocks.Add(new("h", [lines[0].TrimStart('#', ' ')]));
                lines = lines[1..];
            }

            if (lines.Length > 0)
                blocks.Add(Block(lines));
        }

        return blocks;
    }

    /// <summary>The first section: up to the second heading.</summary>
    public static IReadOnlyList<GuideBlock> First(string markdown)
    {
        var blocks = Read(markdown);
        return [.. blocks.Take(1), .. blocks.Skip(1).TakeWhile(block => block.Kind != "h")];
    }

    /// <summary>The pieces of a line.</summary>
    public static IReadOnlyList<GuideSpan> Spans(string line)
    {
        var spans = new List<GuideSpan>();
        var at = 0;
        foreach (Match match in Marks().Matches(line))
        {
            if (match.Index > at)
                spans.Add(new("", line[at..match.Index]));
            at = match.Index + match.Length;
            spans.Add(match.Groups["code"].Success ? new("code", match.Groups["code"].Value)
                : match.Groups["strong"].Success ? new("strong", match.Groups["strong"].Value)
                : match.Groups["link"].Success ? new("", match.Groups["link"].Value)
                : new("em", match.Groups["em"].Value));
        }

        if (at < line.Length)
            spans.Add(new("", line[at..]));
        return spans;
    }

    private static GuideBlock Block(string[] lines)
    {
        if (lines[0].StartsWith('|'))
        {
            return new("t", [.. lines.Where(line => !Rule().IsMatch(line)).Select(line => line.Trim().Trim('|'))]);
        }

        if (lines[0].StartsWith("```", StringComparison.Ordinal))
            return new("code", [.. lines.Where(line => !line.StartsWith("```", StringComparison.Ordinal))]);
        if (!lines[0].StartsWith("- ", StringComparison.Ordinal))
            return new("p", [string.Join(' ', lines.Select(line => line.Trim()))]);
        var items = new List<string>();
        foreach (var line in lines)
        {
            if (line.StartsWith("- ", StringComparison.Ordinal))
                items.Add(line[2..].Trim());
            else
                items[^1] += " " + line.Trim();
        }

        return new("li", items);
    }

    [GeneratedRegex(
        @"`(?<code>[^`]+)`|\*\*(?<strong>[^*]+)\*\*|\*(?<em>[^*]+)\*|\[(?<link>[^\]]+)\]\([^)]*\)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\|[\s|:-]+\|$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();
}
