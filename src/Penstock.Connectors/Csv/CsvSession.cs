using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>
/// One DuckDB in memory, confined to the app's folder: no other file, no network, no extension, and its settings locked before a
/// person's query reaches it.
/// </summary>
internal sealed class CsvSession : IAsyncDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");
    private readonly CsvApp _app;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _timer;

    private CsvSession(CsvApp app, TimeSpan? timeOut, CancellationToken cancellationToken)
    {
        _app = app;
        _cancellationToken = cancellationToken;
        _timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer.CancelAfter(timeOut ?? app.StatementTimeout);
    }

    /// <summary>Opens the folder with a view for each of the given paths.</summary>
    /// <exception cref="ConnectionException">The folder can't be used.</exception>
    /// <exception cref="SourceException">A path means no file, or a file can't be read.</exception>
    public static async Task<CsvSession> OpenAsync(
        CsvApp app, IReadOnlyCollection<string> paths, TimeSpan? timeOut, CancellationToken cancellationToken)
    {
        CsvFiles.Check(app);
        var session = new CsvSession(app, timeOut, cancellationToken);
        try
        {
            await session._connection.OpenAsync(session._timer.Token);
            await session.LockDownAsync();
            foreach (var path in paths)
                await session.AddViewAsync(path);
            await session.ExecuteAsync(Sql.Of($"SET lock_configuration = true"));
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Refuses what is not one SELECT: the folder may be read, and DuckDB could write there too.</summary>
    /// <exception cref="SourceException">It is none, or more than one, or not valid.</exception>
    public async Task CheckAsync(RenderedSql sql)
    {
        var check =
            Sql.Of($"SELECT json_extract_string(parsed, '$.error_message'), coalesce(json_array_length(parsed, '$.statements'), 0) "
                + $"FROM (SELECT json_serialize_sql(CAST({Value.Of(sql.Text)} AS VARCHAR)) AS parsed)");
        await using var reader = await StartAsync(check.Render(CsvDialect.Instance));
        await NextAsync(reader);
        if (!reader.IsDBNull(0))
            throw new SourceException(
                new("source.bad_query", $"The query on '{_app.Folder}' is not valid: {reader.GetString(0).Split('\n')[0].TrimEnd('.')}.",
                    "Give one SELECT, without a semicolon inside."));
        if (reader.GetInt64(1) != 1)
            throw new SourceException(
                new("source.bad_query", $"The query on '{_app.Folder}' is not exactly one statement.",
                    "Give one SELECT, without a semicolon inside."));
    }

    /// <summary>Starts a statement; its rows are computed as they are read.</summary>
    /// <exception cref="SourceException">It is not valid, or the files are not.</exception>
    public Task<DuckDBDataReader> StartAsync(RenderedSql sql)
    {
        var command = Command(sql);
        return GuardAsync(async token => (DuckDBDataReader)await command.ExecuteReaderAsync(token), command);
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SourceException">The statement failed, or its time was up.</exception>
    public Task<bool> NextAsync(DuckDBDataReader reader) => GuardAsync(reader.ReadAsync, null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _timer.Dispose();
    }

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> act, DuckDBCommand? command)
    {
        await using var registration = _timer.Token.UnsafeRegister(_ => command?.Cancel(), null);
        try
        {
            return await act(_timer.Token);
        }
        catch (Exception cause) when (cause is DuckDBException or OperationCanceledException && _timer.IsCancellationRequested)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw CsvErrors.TimedOut(_app, cause);
        }
        catch (DuckDBException cause)
        {
            throw CsvErrors.Explain(cause, _app);
        }
    }

    private async Task LockDownAsync()
    {
        var folder = Value.Of(_app.Folder.Full.TrimEnd('/') + "/");
        foreach (var setting in new[]
        {
            Sql.Of($"SET autoinstall_known_extensions = false"),
            Sql.Of($"SET autoload_known_extensions = false"),
            Sql.Of($"SET temp_directory = ''"),
            Sql.Of($"SET memory_limit = '1GB'"),
            // With several threads, one that finds a broken line interrupts the others, and now and then only the interruption is told.
            Sql.Of($"SET threads = 1"),
            Sql.Of($"SET allowed_directories = [{CsvForm.Literal(folder.Text)}]"),
            Sql.Of($"SET enable_external_access = false"),
        })
        {
            await ExecuteAsync(setting);
        }
    }

    private async Task AddViewAsync(string path)
    {
        var files = CsvFiles.Matching(_app, path);
        if (files.Count == 0)
        {
            throw new SourceException(new(
                "source.unknown_table",
                $"The folder '{_app.Folder}' has no file '{path}'.",
                "A table is a file below the folder, such as users.csv, or a pattern such as orders/*.csv."));
        }

        try
        {
            await ExecuteAsync(Sql.Of($"CREATE TEMP VIEW {new Identifier(path)} AS SELECT * FROM {CsvForm.Read(_app, files)}"));
        }
        catch (SourceException cause) when (cause.InnerException?.Message.Contains("sniffing", StringComparison.Ordinal) == true)
        {
            // Finding out the types stumbled over a line without saying which; reading plain text does say.
            foreach (var file in files)
                await ExecuteAsync(Sql.Of($"SELECT count(*) FROM {CsvForm.ReadAsText(_app, file)}"));
            throw;
        }
    }

    private Task<int> ExecuteAsync(Sql sql) => GuardAsync(
        async token =>
        {
            await using var command = Command(sql.Render(CsvDialect.Instance));
            return await command.ExecuteNonQueryAsync(token);
        },
        null);

    // The one place where text becomes a command.
    private DuckDBCommand Command(RenderedSql sql)
    {
        Common.Sql.Literals.Check(sql.Text, "a query");
        var command = _connection.CreateCommand();
        command.CommandText = sql.Text;
        command.UseStreamingMode = true;
        foreach (var value in sql.Parameters)
            command.Parameters.Add(new DuckDBParameter(Plain(value)));
        return command;
    }

    private static object Plain(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.Boolean,
        ValueKind.Integer => value.Integer,
        ValueKind.Decimal => value.Decimal,
        ValueKind.Float => value.Float,
        ValueKind.Date => value.Date,
        ValueKind.Timestamp => value.Timestamp,
        _ => value.ToString(),
    };
}
