using System.Globalization;
using Serilog;
using Serilog.Extensions.Logging;

namespace Penstock.Cli.Wiring;

/// <summary>The log: a file a day in the workspace, one line an event, with the run's id. Made when the first line is written.</summary>
internal sealed class LogFile(string workspace) : ILoggerFactory
{
    private const int KeptDays = 31;
    private const string Line =
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} run={Run} trace={TraceId} {SourceContext} {Message:lj}{NewLine}{Exception}";

    private readonly Lock _gate = new();
    private SerilogLoggerFactory? _factory;

    /// <summary>The folder of the files.</summary>
    public string Folder { get; } = Path.Combine(workspace, "logs");

    /// <inheritdoc/>
    public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => new Lazily(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one log.");

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _factory?.Dispose();
            _factory = null;
        }
    }

    private SerilogLoggerFactory Open()
    {
        lock (_gate)
        {
            return _factory ??= new SerilogLoggerFactory(
                new LoggerConfiguration()
                    .Enrich.FromLogContext()
                    .WriteTo.File(
                        Path.Combine(Folder, "penstock-.log"), outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture,
                        rollingInterval: RollingInterval.Day, retainedFileCountLimit: KeptDays, shared: true)
                    .CreateLogger(),
                dispose: true);
        }
    }

    // A command that writes no line must not make a workspace.
    private sealed class Lazily(LogFile file, string category) : Microsoft.Extensions.Logging.ILogger
    {
        // What the web framework says of each request would bury what Penstock says.
        private readonly LogLevel _least = category.StartsWith("Microsoft.", StringComparison.Ordinal)
            || category.StartsWith("System.", StringComparison.Ordinal) || category.StartsWith("Quartz", StringComparison.Ordinal)
                ? LogLevel.Warning : LogLevel.Information;

        private Microsoft.Extensions.Logging.ILogger? _logger;

        private Microsoft.Extensions.Logging.ILogger Logger => _logger ??= file.Open().CreateLogger(category);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => Logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
        {
            if (IsEnabled(logLevel))
                Logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
