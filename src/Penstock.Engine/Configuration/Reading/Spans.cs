using System.Globalization;
using System.Text.RegularExpressions;

namespace Penstock.Engine.Configuration;

/// <summary>Reads lengths in calendar units, such as <c>60 days</c>.</summary>
internal static partial class Spans
{
    private const int MostYears = 1000; // a moment that many years away is still a date

    /// <summary>The length; null when <paramref name="text"/> is none, or one of more than a thousand years.</summary>
    public static RelativeSpan? Parse(string text)
    {
        if (Span().Match(text.Trim().ToLowerInvariant()) is not { Success: true } match
            || !int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var unit = Enum.Parse<RelativeUnit>(match.Groups["unit"].Value + "s", ignoreCase: true);
        return number <= MostYears * PerYear(unit) ? new(number, unit) : null;
    }

    private static long PerYear(RelativeUnit unit) => unit switch
    {
        RelativeUnit.Minutes => 365 * 24 * 60,
        RelativeUnit.Hours => 365 * 24,
        RelativeUnit.Days => 365,
        RelativeUnit.Weeks => 52,
        RelativeUnit.Months => 12,
        RelativeUnit.Quarters => 4,
        _ => 1,
    };

    [GeneratedRegex(
        "^(?<number>[0-9]{1,9}) *(?<unit>minute|hour|day|week|month|quarter|year)s?$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Span();
}
