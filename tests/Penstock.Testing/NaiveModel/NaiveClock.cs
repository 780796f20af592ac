using Penstock.Engine.Configuration;

namespace Penstock.Testing;

/// <summary>Calendar arithmetic in a zone by looking at every minute: slow, and plainly what is meant.</summary>
public sealed class NaiveClock(TimeZoneInfo zone, DateTimeOffset asOf)
{
    public DateTime Now { get; } = asOf.UtcDateTime.AddTicks(-(asOf.UtcDateTime.Ticks % 10));

    public DateOnly Today => DateOnly.FromDateTime(Local(Now));

    public DateTime Away(RelativeSpan span, int sign) => span.Unit switch
    {
        RelativeUnit.Minutes => Now.AddMinutes(sign * (double)span.Number),
        RelativeUnit.Hours => Now.AddHours(sign * (double)span.Number),
        _ => FirstAt(LocalAway(span, sign)),
    };

    public DateOnly DayAway(RelativeSpan span, int sign) => span.Unit is RelativeUnit.Minutes or RelativeUnit.Hours
        ? DateOnly.FromDateTime(Local(Away(span, sign)))
        : DateOnly.FromDateTime(LocalAway(span, sign));

    public DateTime StartOf(DateOnly day) => FirstAt(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The first moment at which the zone's clocks show this time or a later one.</summary>
    public DateTime FirstAt(DateTime local)
    {
        var minute = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).AddHours(-26);
        while (Local(minute) < local)
            minute = minute.AddMinutes(1);
        var before = minute.AddMinutes(-1);
        var exact = before + (local - Local(before));
        return exact < minute ? exact : minute;
    }

    private DateTime LocalAway(RelativeSpan span, int sign)
    {
        var now = Local(Now);
        return span.Unit switch
        {
            RelativeUnit.Days => now.AddDays(sign * span.Number),
            RelativeUnit.Weeks => now.AddDays(sign * 7 * span.Number),
            RelativeUnit.Months => now.AddMonths(sign * span.Number),
            RelativeUnit.Quarters => now.AddMonths(sign * 3 * span.Number),
            _ => now.AddYears(sign * span.Number),
        };
    }

    private DateTime Local(DateTime utc) => DateTime.SpecifyKind(utc + zone.GetUtcOffset(utc), DateTimeKind.Unspecified);
}
