using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads time zones and lengths of time.</summary>
internal static class Zones
{
    /// <summary>The zone of a key; UTC when it isn't there or is none, which is reported.</summary>
    public static TimeZoneInfo Read(MapReader map, string key, Findings findings)
    {
        if (map.Text(key) is not { } id)
            return TimeZoneInfo.Utc;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;
        var known = TimeZoneInfo.GetSystemTimeZones().Select(candidate => candidate.Id);
        findings.Add(
            ConfigurationProblems.InvalidValue, map.Find(key)!, map.At(key), $"There is no time zone `{id}`.", // its text was read just now
            Suggestion.For(id, known) ?? "Write a name such as `America/Sao_Paulo` or `UTC`.");
        return TimeZoneInfo.Utc;
    }

    /// <summary>The length of a key; null when it isn't there or is none, which is reported.</summary>
    public static TimeSpan? ReadLength(MapReader map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        try
        {
            if (Duration.Parse(text) is { } length && length > TimeSpan.Zero)
                return length;
        }
        catch (OverflowException)
        {
            // Longer than a TimeSpan holds: reported like any other text that is no length.
        }

        map.Invalid(key, map.Find(key)!, "a length of time such as `30s`, `5m` or `2h`"); // its text was read just now
        return null;
    }
}
