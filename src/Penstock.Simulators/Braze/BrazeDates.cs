using System.Globalization;

namespace Penstock.Simulators.Braze;

/// <summary>The date formats of Braze docs, user attributes object (2026); no zone means UTC.</summary>
internal static class BrazeDates
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss:fffK", "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd", "MM/dd/yyyy", "ddd MM dd HH:mm:ss.zzz yyyy",
    ];

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length is >= 10 and <= 40
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>Exactly a calendar day, as <c>dob</c> wants it.</summary>
    public static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
