using Cronos;

namespace Penstock.Engine.Configuration;

/// <summary>
/// The moments of a schedule. They depend on the schedule and the zone alone, not on when a server started, so that every node and every
/// face names the same ones.
/// </summary>
public static class ScheduleTimes
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The next moments after <paramref name="from"/>: of runs, or of asking the query. None for a schedule without
    /// times.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="zone">The project's zone. When clocks go forward, a time that is left out counts at the moment of the change; when
    /// they go back, a fixed time counts once, and every hour or minute counts in both hours.</param>
    /// <param name="from">The moment after which to look.</param>
    /// <param name="count">The most moments.</param>
    public static IReadOnlyList<DateTimeOffset> NextTimes(Schedule? schedule, TimeZoneInfo zone, DateTimeOffset from, int count)
    {
        var times = new List<DateTimeOffset>();
        for (var at = from; times.Count < count && Next(schedule, zone, at) is { } next; at = next)
            times.Add(next);
        return times;
    }

    /// <summary>The first moment after <paramref name="from"/>; null for a schedule without times, or whose times are over.</summary>
    public static DateTimeOffset? Next(Schedule? schedule, TimeZoneInfo zone, DateTimeOffset from) => schedule switch
    {
        CronSchedule cron => Parse(cron.Cron)?.GetNextOccurrence(from.ToUniversalTime(), zone)?.ToUniversalTime(),
        IntervalSchedule interval => Next(interval.Every, zone, from),
        ChangeSchedule change => Next(change.Every, zone, from),
        _ => null,
    };

    /// <summary>What is wrong with a cron expression; null when nothing is.</summary>
    internal static string? Mistake(string cron)
    {
        if (cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5)
            return "It takes five fields: minute, hour, day of the month, month, day of the week.";
        try
        {
            var parsed = CronExpression.Parse(cron);
            return parsed.GetNextOccurrence(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null ? "It never comes: there is no such day."
                : null;
        }
        catch (CronFormatException exception)
        {
            return exception.Message;
        }
    }

    private static CronExpression? Parse(string cron) => CronExpression.TryParse(cron, out var parsed) ? parsed : null;

    private static DateTimeOffset? Next(RelativeSpan every, TimeZoneInfo zone, DateTimeOffset from)
    {
        var length = every.Unit switch
        {
            RelativeUnit.Minutes => TimeSpan.FromMinutes(every.Number),
            RelativeUnit.Hours => TimeSpan.FromHours(every.Number),
            _ => TimeSpan.FromDays(every.Number),
        };
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime);
        if (every.Unit == RelativeUnit.Days)
            return Midnight(day.AddDays(every.Number - (day.DayNumber % every.Number)), zone);
        if (Day.Ticks % length.Ticks != 0)
            return DateTimeOffset.UnixEpoch + (length * (((from - DateTimeOffset.UnixEpoch).Ticks / length.Ticks) + 1));
        var midnight = Midnight(day, zone);
        var steps = ((from - midnight).Ticks / length.Ticks) + 1;
        var (next, tomorrow) = (midnight + (length * steps), Midnight(day.AddDays(1), zone));
        return next < tomorrow ? next : tomorrow; // a day of 23 or 25 hours begins anew all the same
    }

    // Midnight may be left out where clocks go forward then; the day begins when it is over.
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
