using System.Globalization;
using Penstock.Connectors.Common.Sql;

namespace Penstock.Connectors.Sqlite;

/// <summary>Reads times as SQLite writes them: <c>2026-01-31</c>, then perhaps a space or T and a time, then perhaps a zone.</summary>
internal static class SqliteTimes
{
    /// <summary>The day; a time of day after it is left out. Null when there is none.</summary>
    public static DateOnly? ParseDay(string text) =>
        text.Length >= 10
        && (text.Length == 10 || text[10] is ' ' or 'T')
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    /// <summary>The instant; without a zone it is read in <paramref name="zone"/>. Null when there is none.</summary>
    public static DateTime? Parse(string text, TimeZoneInfo zone)
    {
        // The form is checked first, as the library would take 01/02/2026 for a day in January.
        if (ParseDay(text) is null
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return null;
        var named = text.EndsWith('Z') || text.AsSpan(10).ContainsAny('+', '-');
        return named ? time.UtcDateTime : TimeZones.ToUtc(zone, time.UtcDateTime);
    }
}
