using Penstock.Contract;

namespace Penstock.Connectors.Common.Sql;

/// <summary>Times that name no zone, read in the zone an app names.</summary>
internal static class TimeZones
{
    /// <summary>The zone of that IANA name.</summary>
    /// <exception cref="ConnectionException">There is none.</exception>
    public static TimeZoneInfo Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new ConnectionException(
            ConnectionFault.Other,
            new("option.invalid", $"The time zone '{name}' is not known.",
                "Use an IANA name such as America/Sao_Paulo, or UTC.")
            { Path = "time_zone" });

    /// <summary>The instant of a wall-clock time. One that a change of clocks leaves out or repeats is taken as standard time.</summary>
    public static DateTime ToUtc(TimeZoneInfo zone, DateTime local)
    {
        var offset = zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        // At both ends of the calendar there is no other side to go to.
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }
}
