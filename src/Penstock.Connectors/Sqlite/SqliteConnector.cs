using System.Runtime.CompilerServices;
using Penstock.Connectors.Common.Sql;
using Penstock.Contract;
using SQLitePCL;

namespace Penstock.Connectors.Sqlite;

/// <summary>SQLite: tables, views and queries of one file, opened for reading only.</summary>
public sealed class SqliteConnector : IConnector<SqliteApp>, ISource<SqliteApp>
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("sqlite", "SQLite")
    {
        Summary = "Reads tables, views and queries of an SQLite database file.",
        App = Options.Of<SqliteApp>(),
    };

    /// <inheritdoc/>
    public SqlDialect Dialect => SqliteDialect.Instance;

    /// <inheritdoc/>
    public Task<string> TestAsync(SqliteApp app, IHttp http, CancellationToken cancellationToken)
    {
        _ = TimeZones.Find(app.TimeZone);
        using var session = SqliteSession.Open(app, null, cancellationToken);
        return Task.FromResult($"SQLite {raw.sqlite3_libversion().utf8_to_string()}, file {app.File}");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Table> ListTablesAsync(SqliteApp app, IHttp http,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var session = SqliteSession.Open(app, null, cancellationToken);
        foreach (var table in SqliteCatalog.List(session))
            yield return table;
    }

    /// <inheritdoc/>
    public async Task<Table?> DescribeAsync(SqliteApp app, Identifier table, IHttp http, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var session = SqliteSession.Open(app, null, cancellationToken);
        return SqliteCatalog.Describe(session, table);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Column>> DescribeQueryAsync(SqliteApp app, SourceQuery query, IHttp http,
        CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var session = SqliteSession.Open(app, query.TimeOut, cancellationToken);
        using var statement = session.Prepare(query.Statement.Render(Dialect));
        var columns = SqliteCatalog.Columns(session, statement, query.Selection);
        return SqliteCatalog.Propose(session, statement, columns);
    }

    /// <inheritdoc/>
    public async Task ReadAsync(SqliteApp app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken)
    {
        // SQLite computes on the thread that asks; the caller's is not held for that.
        await Task.Yield();
        var values = new SqliteValues(TimeZones.Find(app.TimeZone));
        using var session = SqliteSession.Open(app, query.TimeOut, cancellationToken);
        using var statement = session.Prepare(query.Statement.Render(Dialect));
        var columns = SqliteCatalog.Columns(session, statement, query.Selection);
        await rows.BeginAsync(columns, cancellationToken);
        while (session.Step(statement))
        {
            for (var i = 0; i < columns.Count; i++)
                values.Write(statement, i, columns[i].Travels, rows);
            await rows.EndRowAsync(cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
