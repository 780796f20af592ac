using Microsoft.Extensions.Logging;

namespace Penstock.Server;

/// <summary>All log lines of the web face.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "Defect {Number}")]
    public static partial void Defect(this ILogger logger, Exception exception, string number);
}
