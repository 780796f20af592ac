using System.Buffers.Text;
using System.Text;

namespace Penstock.Engine.Refreshing;

/// <summary>Calendar days, as days since 1970-01-01. A point in time gives the day that it is in the source's zone.</summary>
internal readonly struct ToDate : ICoercion<int>
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static string? From(bool value, out int result) => No(out result);

    public static string? From(long value, out int result) => No(out result);

    public static string? From(decimal value, out int result) => No(out result);

    public static string? From(double value, out int result) => No(out result);

    public static string? From(DateOnly value, CoercionRules rules, out int result)
    {
        result = value.DayNumber - Epoch;
        return null;
    }

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out int result)
    {
        var day = isLocal ? value : Zones.ToLocal(value, rules.TimeZone);
        return From(DateOnly.FromDateTime(day), rules, out result);
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out int result)
    {
        result = 0;
        if (IsoTime.Parse(text, out var time, out var isLocal, out _) is { } reason)
            return reason == Reasons.YearRange ? reason : Reasons.NotDate;
        return From(time, isLocal, rules, out result);
    }

    private static string? No(out int result)
    {
        result = 0;
        return Reasons.NotDate;
    }
}

/// <summary>Points in time, as microseconds since 1970-01-01 in UTC; what is finer is cut off.</summary>
internal readonly struct ToTimestamp : ICoercion<long>
{
    public static string? From(bool value, out long result) => No(out result);

    public static string? From(long value, out long result) => No(out result);

    public static string? From(decimal value, out long result) => No(out result);

    public static string? From(double value, out long result) => No(out result);

    public static string? From(DateOnly value, CoercionRules rules, out long result) =>
        From(value.ToDateTime(TimeOnly.MinValue), isLocal: true, rules, out result);

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out long result)
    {
        result = 0;
        if (isLocal && !Zones.TryToUtc(value, rules.TimeZone, out value))
            return Reasons.YearRange;

        // Division that rounds down, so that times before 1970 are cut like all others.
        result = (value.Ticks / TimeSpan.TicksPerMicrosecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);
        return null;
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out long result)
    {
        result = 0;
        return IsoTime.Parse(text, out var time, out var isLocal, out _) ?? From(time, isLocal, rules, out result);
    }

    private static string? No(out long result)
    {
        result = 0;
        return Reasons.NotTimestamp;
    }
}

/// <summary>From a zone's clock to UTC and back.</summary>
internal static class Zones
{
    /// <summary>
    /// A clock's time as a point in time. When the clock shows it twice (it is set back), the first of the two; when it skips it (it is set
    /// forward), the point where the clock would have shown it had it not been set.
    /// </summary>
    public static bool TryToUtc(DateTime local, TimeZoneInfo zone, out DateTime utc)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return TryShift(local, -offset, out utc);
    }

    /// <summary>What the zone's clock shows.</summary>
    public static DateTime ToLocal(DateTime utc, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc))
            return utc;
        utc = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return TryShift(utc, zone.GetUtcOffset(utc), out var local) ? local : utc;
    }

    /// <summary>Moves a time, unless it would leave the years 1 to 9999.</summary>
    public static bool TryShift(DateTime time, TimeSpan by, out DateTime shifted)
    {
        var ticks = time.Ticks + by.Ticks;
        var isGood = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        shifted = isGood ? new DateTime(ticks, DateTimeKind.Utc) : time;
        return isGood;
    }
}

/// <summary>
/// ISO 8601 as databases and people write it: <c>2026-11-24</c>, with <c>T</c> or a space before <c>10:15</c>, <c>10:15:30</c>,
/// <c>10:15:30.123456</c>, and <c>Z</c>, <c>+02</c>, <c>+0200</c>, <c>+02:00</c> or nothing after it.
/// </summary>
internal static class IsoTime
{
    /// <summary>Reads a text without spaces around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">In UTC, or by the clock of an unknown zone.</param>
    /// <param name="isLocal">Whether no zone was named.</param>
    /// <param name="hasTime">Whether there was more than a date.</param>
    /// <returns>Null, or the reason.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, out DateTime time, out bool isLocal, out bool hasTime)
    {
        (time, isLocal, hasTime) = (default, true, false);
        if (IsOtherYear(text))
            return Reasons.YearRange;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day))
            return Reasons.NotTimestamp;
        if (year == 0)
            return Reasons.YearRange;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return Reasons.NotTimestamp;
        time = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        if (text.Length == 10)
            return null;
        hasTime = true;
        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !Clock(text[11..], out var ticks, out var rest))
            return Reasons.NotTimestamp;
        time = time.AddTicks(ticks);
        if (rest.IsEmpty)
            return null;
        isLocal = false;
        if (!Offset(rest, out var offset))
            return Reasons.NotTimestamp;
        return Zones.TryShift(time, -offset, out time) ? null : Reasons.YearRange;
    }

    // 10:15, 10:15:30, 10:15:30.5; a leap second or 24:00 is no time of a clock that computers keep.
    private static bool Clock(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = [];
        if (text.Length < 5 || text[2] != ':' || !Number(text[..2], out var hour) || !Number(text[3..5], out var minute))
            return false;
        var second = 0;
        rest = text[5..];
        if (rest is [(byte)':', ..])
        {
            if (rest.Length < 3 || !Number(rest[1..3], out second))
                return false;
            rest = rest[3..];
            if (rest is [(byte)'.' or (byte)',', ..] && !Fraction(ref rest, out ticks))
                return false;
        }

        ticks += (((hour * 60L) + minute) * 60 + second) * TimeSpan.TicksPerSecond;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? rest[1..] : rest[1..(end + 1)];
        rest = rest[(digits.Length + 1)..];
        for (var i = 0; i < 7; i++)
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return digits.Length > 0;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        text = text.TrimStart((byte)' ');
        if (text is [(byte)'Z' or (byte)'z'] || Ascii.EqualsIgnoreCase(text, "UTC"u8))
            return true;
        if (text is not [(byte)'+' or (byte)'-', ..] || text.Length < 3 || !Number(text[1..3], out var hours))
            return false;
        var rest = text[3..];
        if (rest is [(byte)':', ..])
            rest = rest[1..];
        var minutes = 0;
        if (text.Length > 3 && (rest.Length != 2 || !Number(rest, out minutes)))
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -offset : offset;
        return hours <= 18 && minutes < 60;
    }

    // +12345-01-01, 12345-01-01, -0044-03-15, 0044-03-15 BC: dates, but not ours.
    private static bool IsOtherYear(ReadOnlySpan<byte> text)
    {
        if (text.Length > 10 && text.EndsWith(" BC"u8))
            return true;
        var digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        var dash = digits.IndexOf((byte)'-');
        return dash >= 4 && (digits.Length < text.Length || dash > 4) && digits.Length >= dash + 6
            && !digits[..dash].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private static bool Number(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var consumed) && consumed == text.Length && text[0] is not ((byte)'-' or (byte)'+');
}
