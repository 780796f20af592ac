using System.Data.Common;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// One connection to a workspace's DuckDB file. The only place that gives DuckDB a statement. Several connections to one file see
/// each other's committed work; each is for one thread at a time. Faults of the file or the machine (damaged, disk full) come as
/// <see cref="PenstockException"/>, a statement's own errors as <see cref="DuckDBException"/>.
/// </summary>
public sealed class WorkspaceConnection : IAsyncDisposable
{
    private readonly DuckDBConnection _connection;
    private DuckDBTransaction? _transaction;

    internal WorkspaceConnection(DuckDBConnection connection) => _connection = connection;

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<long> ExecuteAsync(Sql statement, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var command = Command(statement);
        using var interrupt = cancellationToken.Register(command.Cancel);
        return await ExplainedAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    /// <summary>Runs a query for its one value; the default of <typeparamref name="T"/> when it gives no row or null.</summary>
    public async Task<T?> ScalarAsync<T>(Sql query, CancellationToken cancellationToken)
    {
        await foreach (var row in QueryAsync(query, cancellationToken))
            return row.IsDBNull(0) ? default : row.GetFieldValue<T>(0);
        return default;
    }

    /// <summary>Streams a query's rows; the row given is valid until the next.</summary>
    public async IAsyncEnumerable<DbDataReader> QueryAsync(Sql query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var command = Command(query);
        command.UseStreamingMode = true;
        using var interrupt = cancellationToken.Register(command.Cancel);
        await using var reader = await ExplainedAsync(() => command.ExecuteReaderAsync(cancellationToken));
        while (await ExplainedAsync(() => reader.ReadAsync(cancellationToken)))
            yield return reader;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is kept, or nothing.</summary>
    public async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        _transaction = _connection.BeginTransaction();
        try
        {
            await work(cancellationToken);
            Commit(_transaction);
        }
        catch
        {
            RollBack(_transaction);
            throw;
        }
        finally
        {
            _transaction.Dispose();
            _transaction = null;
        }
    }

    /// <summary>An appender that writes whole chunks of rows into <paramref name="table"/>, in the transaction at hand.</summary>
    internal ChunkAppender AppendChunks(Identifier table) => new(_connection, table);

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Commit(DuckDBTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (DuckDBException error) when (WorkspaceFaults.Explain(error.Message, _connection.DataSource) is { } problem)
        {
            throw new PenstockException(problem, error);
        }
    }

    private static void RollBack(DuckDBTransaction transaction)
    {
        try
        {
            transaction.Rollback();
        }
        catch (Exception error) when (error is DuckDBException or InvalidOperationException)
        {
            // A commit that failed, or a damaged file, has rolled back already. The first error is the one to show.
        }
    }

    private async Task<T> ExplainedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DuckDBException error) when (WorkspaceFaults.Explain(error.Message, _connection.DataSource) is { } problem)
        {
            throw new PenstockException(problem, error);
        }
    }

    private DuckDBCommand Command(Sql statement)
    {
        var rendered = statement.Render(DuckDbDialect.Instance);
        var command = _connection.CreateCommand();
        command.CommandText = rendered.Text;
        foreach (var value in rendered.Parameters)
            command.Parameters.Add(new DuckDBParameter(Boxed(value)));
        return command;
    }

    private static object Boxed(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.Boolean,
        ValueKind.Integer => value.Integer,
        ValueKind.Decimal => value.Decimal,
        ValueKind.Float => value.Float,
        ValueKind.Date => value.Date,
        ValueKind.Timestamp => value.Timestamp,
        ValueKind.Json => value.Json,
        _ => value.Text,
    };
}
