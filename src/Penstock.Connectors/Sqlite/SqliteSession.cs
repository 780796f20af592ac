using Microsoft.Data.Sqlite;
using Penstock.Contract;
using SQLitePCL;

namespace Penstock.Connectors.Sqlite;

/// <summary>One connection that can only read one file, and stops when told or when its time is up.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationToken _cancellationToken;
    private readonly string _file;

    // Kept as long as the connection: SQLite calls it while it computes.
    private readonly delegate_progress _onProgress;

    private SqliteSession(SqliteConnection connection, string file, TimeSpan timeOut, CancellationToken cancellationToken)
    {
        _connection = connection;
        _file = file;
        _cancellationToken = cancellationToken;
        _timer = new CancellationTokenSource(timeOut);
        _onProgress = _ => _timer.IsCancellationRequested || _cancellationToken.IsCancellationRequested ? 1 : 0;
        raw.sqlite3_progress_handler(Handle, 10_000, _onProgress, null);
        // No second file can be attached, and so none read or made.
        raw.sqlite3_limit(Handle, raw.SQLITE_LIMIT_ATTACHED, 0);
    }

    private sqlite3 Handle => _connection.Handle!; // open

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="ConnectionException">It is missing, not readable, or no database.</exception>
    public static SqliteSession Open(SqliteApp app, TimeSpan? timeOut, CancellationToken cancellationToken)
    {
        if (!File.Exists(app.File.Full))
        {
            throw new ConnectionException(
                ConnectionFault.NotFound,
                new("connection.not_found", $"The SQLite file '{app.File}' does not exist.",
                    "Check the app's file; it is relative to the project folder."));
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = app.File.Full,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            var session = new SqliteSession(connection, app.File.Given, timeOut ?? app.StatementTimeout, cancellationToken);
            session.Check();
            return session;
        }
        catch (SqliteException cause)
        {
            connection.Dispose();
            throw SqliteErrors.Opening(cause.SqliteErrorCode, cause.Message, app, cause);
        }
        catch (SqliteCheckException cause)
        {
            connection.Dispose();
            throw SqliteErrors.Opening(cause.Code, cause.Message, app, cause);
        }
    }

    /// <summary>Prepares one statement, with its values bound.</summary>
    /// <exception cref="SourceException">It is not valid, or more than one.</exception>
    public sqlite3_stmt Prepare(RenderedSql sql)
    {
        Common.Sql.Literals.Check(sql.Text, "a query");
        var code = raw.sqlite3_prepare_v2(Handle, sql.Text, out var statement, out var rest);
        if (code != raw.SQLITE_OK)
            throw SqliteErrors.Running(code, raw.sqlite3_errmsg(Handle).utf8_to_string(), _file);
        if (statement.IsInvalid || !IsBlank(rest))
        {
            statement.Dispose();
            throw new SourceException(
                new("source.bad_query", "The query is not exactly one statement.", "Give one SELECT, without a semicolon inside."));
        }

        for (var i = 0; i < sql.Parameters.Count; i++)
            Bind(statement, i + 1, sql.Parameters[i]);
        return statement;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SourceException">The statement failed, or its time was up.</exception>
    public bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return code == raw.SQLITE_ROW;
        _cancellationToken.ThrowIfCancellationRequested();
        throw SqliteErrors.Running(code, raw.sqlite3_errmsg(Handle).utf8_to_string(), _file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _timer.Dispose();
    }

    // A file that is no database opens well; only reading it tells.
    private void Check()
    {
        var code = raw.sqlite3_exec(Handle, "SELECT count(*) FROM sqlite_schema");
        if (code != raw.SQLITE_OK)
            throw new SqliteCheckException(code, raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    private bool IsBlank(string? rest)
    {
        if (string.IsNullOrWhiteSpace(rest))
            return true;
        // Only comments and semicolons may follow: to SQLite those are no statement.
        var code = raw.sqlite3_prepare_v2(Handle, rest, out var next, out var more);
        using (next)
            return code == raw.SQLITE_OK && next.IsInvalid && IsBlank(more);
    }

    private static void Bind(sqlite3_stmt statement, int index, Value value)
    {
        _ = value.Kind switch
        {
            ValueKind.Boolean => raw.sqlite3_bind_int(statement, index, value.Boolean ? 1 : 0),
            ValueKind.Integer => raw.sqlite3_bind_int64(statement, index, value.Integer),
            ValueKind.Float => raw.sqlite3_bind_double(statement, index, value.Float),
            ValueKind.Decimal => raw.sqlite3_bind_double(statement, index, (double)value.Decimal),
            _ => raw.sqlite3_bind_text(statement, index, value.ToString()),
        };
    }

    private sealed class SqliteCheckException(int code, string message) : Exception(message)
    {
        public int Code { get; } = code;
    }
}
