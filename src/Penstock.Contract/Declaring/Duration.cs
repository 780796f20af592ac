using System.Globalization;

namespace Penstock.Contract;

/// <summary>Lengths of time as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.</summary>
public static class Duration
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a number with its unit; null when <paramref name="text"/> is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var digits = text.Trim();
        foreach (var (unit, length) in Units)
        {
            if (digits.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(digits[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number * length;
        }

        return null;
    }

    /// <summary>Writes a length so that <see cref="Parse"/> reads it back, in the largest unit that divides it.</summary>
    public static string Write(TimeSpan time)
    {
        var (unit, length) = Units.Last(pair => pair.Unit == "ms" || time.Ticks % pair.Length.Ticks == 0);
        return (time.Ticks / length.Ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
