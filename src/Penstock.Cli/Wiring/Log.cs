namespace Penstock.Cli.Wiring;

/// <summary>The program's own log lines.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "The command '{Command}' was ended by a defect")]
    public static partial void Defect(this ILogger logger, Exception exception, string command);
}
