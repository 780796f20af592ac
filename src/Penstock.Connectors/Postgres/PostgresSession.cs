using System.Globalization;
using Npgsql;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>
/// One connection with one read-only transaction, which sees one state of the database. Cancelling ends what the server does, not just
/// our waiting for it.
/// </summary>
internal sealed class PostgresSession : IAsyncDisposable
{
    // What the server is given to end a statement before the connection is broken off.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PostgresApp _app;
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _breaking = new();
    private int _serverProcess;

    private PostgresSession(PostgresApp app)
    {
        _app = app;
        var builder = new NpgsqlSlimDataSourceBuilder(ConnectionString(app)).EnableTransportSecurity();
        // Types are asked for by number, where they are needed; loading them all takes longer than a small sync.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        _database = builder.Build();
        _connection = _database.CreateConnection();
    }

    /// <summary>Connects and begins the transaction.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="timeOut">How long a statement may run; null for the app's own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ConnectionException">Why it was not made.</exception>
    public static async Task<PostgresSession> OpenAsync(PostgresApp app, TimeSpan? timeOut, CancellationToken cancellationToken)
    {
        var session = new PostgresSession(app);
        try
        {
            await session._connection.OpenAsync(cancellationToken);
            session._serverProcess = session._connection.ProcessID;
            var limit = (long)(timeOut ?? app.StatementTimeout).TotalMilliseconds;
            await using var begin = session.Command(
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; "
                + $"SET LOCAL statement_timeout = {limit.ToString(CultureInfo.InvariantCulture)}; SET LOCAL standard_conforming_strings = "
                + "on; "
                + "SET LOCAL idle_in_transaction_session_timeout = 0");
            await begin.ExecuteNonQueryAsync(cancellationToken);
            return session;
        }
        catch (Exception cause) when (
            cause is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or IOException or ArgumentException)
        {
            await session.DisposeAsync();
            throw PostgresErrors.Connecting(cause, app);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's version, such as <c>15.8</c>.</summary>
    public string ServerVersion => _connection.PostgreSqlVersion.ToString();

    /// <summary>Reads the rows of a statement of ours about the server's own tables.</summary>
    public async IAsyncEnumerable<NpgsqlDataReader> CatalogAsync(
        string statement, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken,
        params string[] values)
    {
        await using var command = Command(statement);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await RunAsync(command.ExecuteReaderAsync, null, null, cancellationToken);
        while (await RunAsync(reader.ReadAsync, null, null, cancellationToken))
            yield return reader;
    }

    /// <summary>Names and type numbers of a statement's columns, from the server's parser: no row is read.</summary>
    /// <exception cref="SourceException">It is not valid; names table or column, and the line of <paramref name="query"/>.</exception>
    public async Task<IReadOnlyList<(string Name, uint Type)>> ParseAsync(string statement, string? query,
        CancellationToken cancellationToken)
    {
        await using var command = Command(statement);
        await using var reader = await RunAsync(
            token => command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, token), statement, query, cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetDataTypeOID(i)))];
    }

    /// <summary>Streams the rows of <paramref name="statement"/>.</summary>
    /// <exception cref="SourceException">It failed, or the connection broke.</exception>
    public async Task CopyAsync(
        string statement, string? query, IReadOnlyList<PostgresColumn> columns, IRowWriter rows, CancellationToken cancellationToken)
    {
        var copy = $"COPY (\n{statement}\n) TO STDOUT (FORMAT BINARY)";
        var finished = false;
        await RunAsync(
            async token =>
            {
                var stream = await _connection.BeginRawBinaryCopyAsync(copy, token);
                try
                {
                    await new PostgresCopy(stream, columns).ReadAsync(rows, token, cancellationToken);
                    finished = true;
                }
                finally
                {
                    // Closing a half-read stream would read all the rest: the server must stop first.
                    if (!finished)
                        await CancelAtServerAsync();
                    await CloseAsync(stream, finished);
                }

                return true;
            },
            statement,
            query,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
        _breaking.Dispose();
    }

    // The driver would break the connection off at once, and the server would go on sorting. So it is told to stop; only when
    // it does not answer that is the connection broken.
    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> act, string? statement, string? query,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task? cancelling = null;
        await using var registration = cancellationToken.UnsafeRegister(_ => cancelling = CancelAtServerAsync(), null);
        try
        {
            return await act(_breaking.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception cause) when (
            cause is NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or ObjectDisposedException)
        {
            throw PostgresErrors.Running(cause, _app, statement, query);
        }
        finally
        {
            if (cancelling is not null)
                await cancelling;
        }
    }

    private async Task CancelAtServerAsync()
    {
        try
        {
            _breaking.CancelAfter(Patience);
            await using var second = await _database.OpenConnectionAsync(_breaking.Token);
            await using var cancel = Command("SELECT pg_cancel_backend($1)", second);
            cancel.Parameters.Add(new NpgsqlParameter<int> { TypedValue = _serverProcess });
            await cancel.ExecuteNonQueryAsync(_breaking.Token);
        }
        catch (Exception cause) when (
            cause is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException or ObjectDisposedException
                or TimeoutException or IOException)
        {
            // No second connection to be had: breaking the first is all that is left, and its error is the one that counts.
            if (!_connection.FullState.HasFlag(System.Data.ConnectionState.Broken))
                _breaking.CancelAfter(TimeSpan.Zero);
        }
    }

    private static async Task CloseAsync(NpgsqlRawCopyStream stream, bool finished)
    {
        try
        {
            await stream.DisposeAsync();
        }
        catch (Exception cause) when (
            !finished && cause is NpgsqlException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It ends with the server's word that it was cancelled; why that was is already on its way up.
        }
    }

    private NpgsqlCommand Command(string text) => Command(text, _connection);

    // The one place where text becomes a command: everything that reaches it was rendered by the dialect or is a constant here.
    private static NpgsqlCommand Command(string text, NpgsqlConnection connection) => new(text, connection) { CommandTimeout = 0 };

    private static string ConnectionString(PostgresApp app) => new NpgsqlConnectionStringBuilder
    {
        Host = app.Host,
        Port = app.Port,
        Database = app.Database,
        Username = app.User,
        Password = app.Password?.Reveal(),
        SslMode = Enum.Parse<SslMode>(app.Ssl.ToString()),
        RootCertificate = app.SslRootCertificate?.Full,
        // Two extra round trips, for those few who have Kerberos and set up to encrypt by it.
        GssEncryptionMode = GssEncryptionMode.Disable,
        SearchPath = app.Schema is null ? null : $"{PostgresDialect.Instance.Quote(new Identifier(app.Schema))},public",
        ApplicationName = "penstock",
        Timezone = "UTC",
        Timeout = 15,
        // A Unix socket has no such thing, and the driver says so instead of leaving it.
        TcpKeepAlive = !app.Host.StartsWith('/'),
        TcpKeepAliveTime = app.Host.StartsWith('/') ? 0 : 30,
        TcpKeepAliveInterval = app.Host.StartsWith('/') ? 0 : 10,
        Pooling = false,
        Enlist = false,
        IncludeErrorDetail = false,
        ReadBufferSize = 1 << 16,
    }.ConnectionString;
}
