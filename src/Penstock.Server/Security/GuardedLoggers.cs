using Microsoft.Extensions.Logging;

namespace Penstock.Server.Security;

/// <summary>
/// The loggers without ASP.NET's lines on each request: they hold the whole address, and in the address of a link that lets somebody in
/// stands what lets them in. Warnings and errors pass.
/// </summary>
internal sealed class GuardedLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public ILogger CreateLogger(string categoryName) =>
        categoryName == Requests ? new Guarded(loggers.CreateLogger(categoryName)) : loggers.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <summary>Does nothing: the loggers belong to whoever made them.</summary>
    public void Dispose()
    {
    }

    private sealed class Guarded(ILogger logger) : ILogger
    {
        // The scope has only the path and ids.
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
