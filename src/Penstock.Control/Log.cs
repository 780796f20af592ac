using Microsoft.Extensions.Logging;

namespace Penstock.Control;

/// <summary>All log lines of the services.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Run {Run} of model {Model} started")]
    public static partial void RunStarted(this ILogger logger, string run, string model);

    [LoggerMessage(2002, LogLevel.Information, "Run {Run} of model {Model} ended {Status}: {Records} records in {Seconds:0.000} s")]
    public static partial void RunEnded(this ILogger logger, string run, string model, string status, long records, double seconds);

    [LoggerMessage(2003, LogLevel.Information, "Run {Run}: {Step} {Subject} took {Seconds:0.000} s for {Rows} rows")]
    public static partial void StepTook(this ILogger logger, string run, string step, string? subject, double seconds, long rows);

    [LoggerMessage(2004, LogLevel.Information,
        "Run {Run}: {Destination} {Status}: created {Created}, updated {Updated}, removed {Removed}, skipped {Skipped}, refused {Refused}, "
            + "failed {Failed}, calls {Calls}")]
    public static partial void DestinationServed(
        this ILogger logger, string run, string destination, string status, long created, long updated, long removed, long skipped,
        long refused,
        long failed, long calls);

    [LoggerMessage(2005, LogLevel.Warning, "Run {Run}: {Code}: {Message}")]
    public static partial void Problem(this ILogger logger, string run, string code, string message);

    [LoggerMessage(2006, LogLevel.Error, "Run {Run} of model {Model} ended by a defect")]
    public static partial void Defect(this ILogger logger, Exception exception, string run, string model);

    [LoggerMessage(2007, LogLevel.Error, "Run {Run} of model {Model} could not be written to the control database")]
    public static partial void NotKept(this ILogger logger, Exception exception, string run, string model);

    [LoggerMessage(2009, LogLevel.Warning, "Run {Run} of model {Model} was left open, since the control database is away")]
    public static partial void LeftOpen(this ILogger logger, string run, string model);

    [LoggerMessage(2010, LogLevel.Warning, "There is no project to take schedules from: {Code}: {Message}")]
    public static partial void NoSchedules(this ILogger logger, string code, string message);

    [LoggerMessage(2011, LogLevel.Warning, "The schedule of {Name} could not fire: {Code}: {Message}")]
    public static partial void NotFired(this ILogger logger, string name, string code, string message);

    [LoggerMessage(2008, LogLevel.Warning, "The control database can't be used; runs go on, others wait: {Code}: {Message}")]
    public static partial void DatabaseAway(this ILogger logger, string code, string message);

    [LoggerMessage(2050, LogLevel.Error, "Revision {Revision} was published, and what follows from it failed")]
    public static partial void PublishedHandlerFailed(this ILogger logger, Exception exception, long revision);
}
