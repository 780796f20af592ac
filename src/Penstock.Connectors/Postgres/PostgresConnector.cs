using System.Runtime.CompilerServices;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>PostgreSQL: tables, views and queries, read by binary COPY in a read-only transaction.</summary>
public sealed class PostgresConnector : IConnector<PostgresApp>, ISource<PostgresApp>
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("postgres", "PostgreSQL")
    {
        Summary = "Reads tables, views and queries of a PostgreSQL database.",
        App = Options.Of<PostgresApp>(),
    };

    /// <inheritdoc/>
    public SqlDialect Dialect => PostgresDialect.Instance;

    /// <inheritdoc/>
    public async Task<string> TestAsync(PostgresApp app, IHttp http, CancellationToken cancellationToken)
    {
        await using var session = await PostgresSession.OpenAsync(app, null, cancellationToken);
        return $"PostgreSQL {session.ServerVersion}, database {app.Database}";
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Table> ListTablesAsync(PostgresApp app, IHttp http,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await PostgresSession.OpenAsync(app, null, cancellationToken);
        await foreach (var table in PostgresCatalog.ListAsync(session, app.Schema, cancellationToken))
            yield return table;
    }

    /// <inheritdoc/>
    public async Task<Table?> DescribeAsync(PostgresApp app, Identifier table, IHttp http, CancellationToken cancellationToken)
    {
        await using var session = await PostgresSession.OpenAsync(app, null, cancellationToken);
        return await PostgresCatalog.DescribeAsync(session, app, table, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Column>> DescribeQueryAsync(PostgresApp app, SourceQuery query, IHttp http,
        CancellationToken cancellationToken)
    {
        await using var session = await PostgresSession.OpenAsync(app, query.TimeOut, cancellationToken);
        var (_, columns) = await PrepareAsync(session, query, cancellationToken);
        return [.. columns.Select(column => column.Column)];
    }

    /// <inheritdoc/>
    public async Task ReadAsync(PostgresApp app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken)
    {
        await using var session = await PostgresSession.OpenAsync(app, query.TimeOut, cancellationToken);
        var (statement, columns) = await PrepareAsync(session, query, cancellationToken);
        await rows.BeginAsync([.. columns.Select(column => column.Column)], cancellationToken);
        await session.CopyAsync(WithCasts(statement, columns), query.Selection?.Query, columns, rows, cancellationToken);
    }

    // The server's parser sees the statement on its own first: it gives the types, and takes one statement only, so that a query
    // that would end our COPY early and begin another is refused here.
    private static async Task<(string Statement, IReadOnlyList<PostgresColumn> Columns)> PrepareAsync(
        PostgresSession session, SourceQuery query, CancellationToken cancellationToken)
    {
        var statement = query.Statement.Render(PostgresDialect.Instance).Text;
        Common.Sql.Literals.Check(statement, "a query");
        var parsed = await session.ParseAsync(statement, query.Selection?.Query ?? statement, cancellationToken);
        return (statement, await PostgresCatalog.ResolveAsync(session, parsed, cancellationToken));
    }

    // Columns get names of ours inside, as a statement may give two of the same name, or of none.
    private static string WithCasts(string statement, IReadOnlyList<PostgresColumn> columns)
    {
        if (columns.All(column => column.Cast is null))
            return statement;
        var names = columns.Select((_, i) => $"c{i}").ToList();
        var asked =
            columns.Select((column, i) => string.Format(System.Globalization.CultureInfo.InvariantCulture, column.Cast ?? "{0}", names[i]));
        return $"SELECT {string.Join(", ", asked)}\nFROM (\n{statement}\n) AS source({string.Join(", ", names)})";
    }
}
