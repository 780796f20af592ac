using System.Globalization;

namespace Penstock.Server.Components.Shared;

/// <summary>How the UI writes numbers.</summary>
public static class Numbers
{
    /// <summary>With separators: <c>1,204</c>.</summary>
    public static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of a whole: <c>12.5 %</c>, <c>&lt; 0.1 %</c>, <c>0 %</c>.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0 || part <= 0)
            return "0 %";
        var percent = 100.0 * part / whole;
        return percent < 0.1 ? "< 0.1 %"
            : part != whole && percent > 99.9 ? "> 99.9 %"
            : percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>How long: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Elapsed(TimeSpan elapsed) => elapsed switch
    {
        { TotalSeconds: < 10 } => elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 1 } => (int)elapsed.TotalSeconds + " s",
        { TotalHours: < 1 } => $"{(int)elapsed.TotalMinutes} min {elapsed.Seconds} s",
        _ => $"{(int)elapsed.TotalHours} h {elapsed.Minutes} min",
    };

    /// <summary>A count with its noun: <c>1 record</c>, <c>1,204 records</c>.</summary>
    public static string Of(long number, string one, string many) => $"{Grouped(number)} {(number == 1 ? one : many)}";
}
