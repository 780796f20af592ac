using System.Globalization;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>Reads PostgreSQL's dates (days) and timestamps (microseconds), both counted from 2000-01-01.</summary>
internal static class PostgresTimes
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;
    private static readonly DateTime Start = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long Earliest = (DateTime.MinValue.Ticks - Start.Ticks) / TimeSpan.TicksPerMicrosecond;
    private static readonly long Latest = (DateTime.MaxValue.Ticks - Start.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Writes a day, or the problem with it.</summary>
    public static void WriteDate(int days, IRowWriter rows)
    {
        var number = days + (long)FirstDay;
        if (days is int.MaxValue or int.MinValue)
            rows.WriteProblem("infinite date", days > 0 ? "infinity" : "-infinity");
        else if (number < 0 || number > DateOnly.MaxValue.DayNumber)
            rows.WriteProblem("year outside 1 to 9999", Day(days));
        else
            rows.Write(DateOnly.FromDayNumber((int)number));
    }

    /// <summary>Writes a time, or the problem with it.</summary>
    public static void WriteTimestamp(long microseconds, IRowWriter rows)
    {
        if (microseconds is long.MaxValue or long.MinValue)
            rows.WriteProblem("infinite time", microseconds > 0 ? "infinity" : "-infinity");
        else if (microseconds < Earliest || microseconds > Latest)
            rows.WriteProblem("year outside 1 to 9999", Day((long)Math.Floor((double)microseconds / MicrosecondsPerDay)));
        else
            rows.Write(Start.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));
    }

    // A day of the proleptic Gregorian calendar in any year, as the server would print it: years repeat every 400 (146,097 days).
    private static string Day(long days)
    {
        var cycles = (long)Math.Floor(days / 146_097.0);
        var inCycle = DateOnly.FromDayNumber(FirstDay).AddDays((int)(days - (cycles * 146_097)));
        var year = inCycle.Year + (400 * cycles);
        var monthAndDay = inCycle.ToString("MM-dd", CultureInfo.InvariantCulture);
        return year > 0 ? $"{year:0000}-{monthAndDay}" : $"{1 - year:0000}-{monthAndDay} BC";
    }
}
