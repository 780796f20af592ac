using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>
/// Moments as a project's time zone sees them, counted from one <em>now</em>. A local time that the zone skips stands for the first one
/// after the gap; one that comes twice, for its first.
/// </summary>
internal sealed class LocalCalendar
{
    private readonly TimeZoneInfo _zone;
    private readonly DateTime _localNow;

    public LocalCalendar(TimeZoneInfo zone, DateTimeOffset asOf)
    {
        _zone = zone;
        // A property holds microseconds: a finer now would be later than a value of this very moment.
        Now = new DateTime(asOf.UtcTicks - (asOf.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        _localNow = Local(Now);
    }

    /// <summary>Now, in UTC.</summary>
    public DateTime Now { get; }

    /// <summary>The local day of now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(_localNow);

    /// <summary>The moment <paramref name="span"/> after now; before it with a <paramref name="direction"/> of −1.</summary>
    public DateTime Away(RelativeSpan span, int direction) => Elapsed(span.Unit) is { } unit
        ? Shifted(Now, direction, span.Number * (double)unit.Ticks)
        : Instant(AwayOnCalendar(span, direction));

    /// <summary>The local day of that moment.</summary>
    public DateOnly DayAway(RelativeSpan span, int direction) =>
        DateOnly.FromDateTime(Elapsed(span.Unit) is null ? AwayOnCalendar(span, direction) : Local(Away(span, direction)));

    /// <summary>The moment at which a local day begins.</summary>
    public DateTime StartOf(DateOnly day) => Instant(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The moment at which the day after begins; the end of time after the last day.</summary>
    public DateTime EndOf(DateOnly day) => day == DateOnly.MaxValue ? DateTime.MaxValue : StartOf(day.AddDays(1));

    /// <summary>The local day of a moment.</summary>
    public DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(Local(instant));

    /// <summary>The moment of a local time.</summary>
    public DateTime Instant(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (_zone.IsInvalidTime(local))
            local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return Shifted(DateTime.SpecifyKind(local, DateTimeKind.Utc), -1, offset.Ticks);
    }

    private DateTime Local(DateTime instant) => Shifted(instant, 1, _zone.GetUtcOffset(instant).Ticks);

    private DateTime AwayOnCalendar(RelativeSpan span, int direction)
    {
        var number = (long)span.Number * direction;
        return span.Unit switch
        {
            RelativeUnit.Days => Shifted(_localNow, 1, number * (double)TimeSpan.TicksPerDay),
            RelativeUnit.Weeks => Shifted(_localNow, 1, number * 7 * (double)TimeSpan.TicksPerDay),
            RelativeUnit.Months => Months(number),
            RelativeUnit.Quarters => Months(number * 3),
            _ => Months(number * 12),
        };
    }

    private DateTime Months(long number)
    {
        var month = (_localNow.Year * 12L) + _localNow.Month - 1 + number;
        return month < 12 ? DateTime.MinValue : month >= 120_000 ? DateTime.MaxValue : _localNow.AddMonths((int)number);
    }

    private static TimeSpan? Elapsed(RelativeUnit unit) => unit switch
    {
        RelativeUnit.Minutes => TimeSpan.FromMinutes(1),
        RelativeUnit.Hours => TimeSpan.FromHours(1),
        _ => null,
    };

    // Stays within the years 1 to 9999: further away than any value is far enough.
    private static DateTime Shifted(DateTime time, int direction, double ticks)
    {
        var shifted = time.Ticks + (direction * ticks);
        if (shifted <= 0)
            return new DateTime(0, time.Kind);
        return shifted >= DateTime.MaxValue.Ticks
            ? new DateTime(DateTime.MaxValue.Ticks, time.Kind)
            : time.AddTicks((long)(direction * ticks));
    }
}
