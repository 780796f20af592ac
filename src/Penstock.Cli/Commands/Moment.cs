using System.Globalization;
using Penstock.Contract;

namespace Penstock.Cli.Commands;

/// <summary>A moment as written on the command line.</summary>
internal static class Moment
{
    private static readonly string[] WithoutZone =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    private static readonly string[] WithZone = [.. WithoutZone[1..].Select(form => form + "K")];

    /// <summary>The moment; one without a zone is in the project's, a day begins at its midnight. Null for null.</summary>
    /// <exception cref="PenstockException">It is no moment.</exception>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (text is null)
            return null;
        if (DateTime.TryParseExact(text, WithoutZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return InZone(local, zone);
        if (DateTimeOffset.TryParseExact(text, WithZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        throw new PenstockException(CommandProblems.Time.Of($"'{text}' is no time.",
            "Write it as 2026-12-24, 2026-12-24T18:00 (in the project's time zone) or 2026-12-24T18:00Z."));
    }

    // An hour that the clocks skip in spring is read with the offset before the change.
    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) =>
        zone.IsInvalidTime(local) ? new(local, zone.GetUtcOffset(local.AddHours(-1))) : new(local, zone.GetUtcOffset(local));
}
