using Penstock.Contract;

namespace Penstock.Connectors.Sqlite;

/// <summary>One SQLite database file.</summary>
public sealed record SqliteApp
{
    /// <summary>The database file.</summary>
    [Option("File", Help = "The database file, relative to the project folder. It is opened for reading only.", Example = "shop.db")]
    public required FilePath File { get; init; }

    /// <summary>The zone of times that name none, as an IANA name. Default UTC, which is what SQLite's own functions give.</summary>
    [Option("Time zone", Help = "The zone of times that name none.", Example = "America/Sao_Paulo")]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How long one statement may run. Default one hour.</summary>
    [Option("Statement time-out", Help = "A statement that runs longer is ended.")]
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(1);
}
