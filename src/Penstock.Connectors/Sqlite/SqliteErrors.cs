using Penstock.Contract;
using SQLitePCL;

namespace Penstock.Connectors.Sqlite;

/// <summary>What SQLite said, as what happened, where, and what to do.</summary>
internal static class SqliteErrors
{
    /// <summary>Why the file could not be used.</summary>
    public static ConnectionException Opening(int code, string message, SqliteApp app, Exception cause) => (code & 0xff) switch
    {
        raw.SQLITE_NOTADB => new(
            ConnectionFault.Other,
            new("connection.failed", $"The file '{app.File}' is no SQLite database, or an encrypted one.", "Check the app's file."),
            cause),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_READONLY => new(
            ConnectionFault.NoPermission,
            new("connection.no_permission", $"The file '{app.File}' can't be opened: {message.TrimEnd('.')}.",
                "Let the user Penstock runs as read the file and its folder (a database in WAL mode also needs its -shm file there)."),
            cause),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            ConnectionFault.TimedOut,
            new("connection.timed_out", $"The database '{app.File}' stayed locked by another program.",
                "Wait until that program is done, or put the database in WAL mode, where readers need not wait."),
            cause),
        _ => new(
            ConnectionFault.Other,
            new("connection.failed", $"The database '{app.File}' can't be used: {message.TrimEnd('.')}.", "Check the app's file."),
            cause),
    };

    /// <summary>Why a statement failed.</summary>
    public static SourceException Running(int code, string message, string file) => new((code & 0xff, message) switch
    {
        (raw.SQLITE_INTERRUPT, _) =>
            new Problem("source.timed_out", $"The statement on '{file}' was ended after its time was up.",
                "Give the app a longer statement_timeout, add an index, or select less."),
        (raw.SQLITE_BUSY or raw.SQLITE_LOCKED, _) =>
            new("source.locked", $"The database '{file}' stayed locked by another program.",
                "Wait until that program is done, or put the database in WAL mode, where readers need not wait."),
        (raw.SQLITE_READONLY, _) => new("source.writes", "The query writes, and sources are only read.", "Use a query that only selects."),
        (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB, _) =>
            new("source.damaged", $"The database '{file}' is damaged: {message}.",
                "Nothing of this read counts. Restore the file from a copy, or try SQLite's .recover."),
        (_, var text) when text.StartsWith("no such table", StringComparison.Ordinal) =>
            new("source.unknown_table", $"SQLite does not find a table in '{file}': {text}.", "Check the source's table."),
        (_, var text) when text.StartsWith("no such column", StringComparison.Ordinal) =>
            new("source.unknown_column", $"SQLite does not find a column in '{file}': {text}.",
                "Check the columns of the source's properties, filters and join."),
        _ => new("source.failed", $"SQLite refused the statement on '{file}': {message}.",
            "Nothing of this read counts. Mend what the message names (the query, the view, a value), and run again."),
    });
}
