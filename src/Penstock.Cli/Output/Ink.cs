using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Penstock.Cli.Output;

/// <summary>Text for the terminal, as Spectre's markup. Whatever comes from data is made harmless: no escape sequence of it reaches the
/// terminal.</summary>
internal static class Ink
{
    private const int MaxShown = 120;

    /// <summary>Ordinary text.</summary>
    public static string Plain(string? text) => Markup.Escape(Clean(text ?? ""));

    /// <summary>Text that matters.</summary>
    public static string Strong(string? text) => $"[bold]{Plain(text)}[/]";

    /// <summary>Text beside the point.</summary>
    public static string Faint(string? text) => $"[grey]{Plain(text)}[/]";

    /// <summary>What comes to be.</summary>
    public static string Added(string? text) => $"[green]{Plain(text)}[/]";

    /// <summary>What changes.</summary>
    public static string Changed(string? text) => $"[yellow]{Plain(text)}[/]";

    /// <summary>What goes, or is wrong.</summary>
    public static string Gone(string? text) => $"[red]{Plain(text)}[/]";

    /// <summary>A value, cut to what a line holds; a word for none.</summary>
    public static string Value(string? value) =>
        value is null ? Faint("(none)") : Plain(value.Length > MaxShown ? value[..MaxShown] + "…" : value);

    /// <summary>A number with separators.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun: <c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Count(long number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : "s")}";

    /// <summary>A length of time for people.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 0.1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        { TotalMinutes: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h"),
    };

    /// <summary>Control characters and the marks that turn the direction of text become visible stand-ins.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsHarmful))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            clean.Append(character switch
            {
                '\u007f' => '\u2421',
                < ' ' => (char)('\u2400' + character),
                _ when IsHarmful(character) => '\ufffd',
                _ => character,
            });
        }

        return clean.ToString();
    }

    private static bool IsHarmful(char character) =>
        char.IsControl(character) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
