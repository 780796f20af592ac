using Microsoft.Extensions.Logging;

namespace Penstock.Server;

/// <summary>All log lines of the web face.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "Defect {Number}")]
    public static partial void Defect(this ILogger logger, Exception exception, string number);

    [LoggerMessage(3020, LogLevel.Warning, "The schedules of the new revision could not be taken over; the next start does it")]
    public static partial void SchedulesNotTaken(this ILogger logger, Exception exception);
}
