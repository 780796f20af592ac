using Microsoft.Extensions.Logging;

namespace Penstock.Engine;

/// <summary>All log lines of the engine. No values of rows above Debug, never a secret. Event ids: 1xx delivering.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "App {App} {What} at try {Attempt}; tried again in {Seconds:0.0} s")]
    public static partial void TriesAgain(ILogger logger, string app, string what, int attempt, double seconds);

    [LoggerMessage(101, LogLevel.Information, "App {App} is at its rate limit; waits for {Seconds:0.0} s")]
    public static partial void RateLimited(ILogger logger, string app, double seconds);

    [LoggerMessage(102, LogLevel.Information, "Destination {Destination}: {Operation} of {Records} records begins, {Lanes} lanes")]
    public static partial void OperationBegins(ILogger logger, string destination, string operation, long records, int lanes);

    [LoggerMessage(103, LogLevel.Warning, "Destination {Destination}: a batch of {Records} records failed: {Code}")]
    public static partial void BatchFailed(ILogger logger, string destination, int records, string code);

    [LoggerMessage(104, LogLevel.Error, "Destination {Destination}: the connector has a defect")]
    public static partial void Defect(ILogger logger, string destination, Exception error);

    [LoggerMessage(105, LogLevel.Warning, "Destination {Destination}: the delivery ends early: {Code}")]
    public static partial void EndsEarly(ILogger logger, string destination, string code);

    [LoggerMessage(
        106,
        LogLevel.Information,
        "Destination {Destination}: {Delivered} delivered, {Skipped} skipped, {Refused} refused, {Failed} failed, {Calls} calls")]
    public static partial void Finished(
        ILogger logger, string destination, long delivered, long skipped, long refused, long failed, long calls);
}
