namespace Penstock.Contract;

/// <summary>A statement to be read from a source, compiled by the engine through the connector's dialect.</summary>
/// <param name="Statement">The statement.</param>
public sealed record SourceQuery(Sql Statement)
{
    /// <summary>
    /// What the statement was made from, for connectors whose result columns carry no type (SQLite's aggregates); null for a
    /// person's own statement.
    /// </summary>
    public SourceSelection? Selection { get; init; }

    /// <summary>How long the statement may run at the source; null for the app's default.</summary>
    public TimeSpan? TimeOut { get; init; }
}

/// <summary>
/// What gives rows. Each call opens and closes its own connection, reads only, and cancels at the server.
/// <c>http</c> is for sources behind an HTTP API; the others leave it alone.
/// </summary>
public interface ISource
{
    /// <summary>How this source writes SQL.</summary>
    SqlDialect Dialect { get; }

    /// <summary>The tables that can be sources, without their columns.</summary>
    /// <exception cref="ConnectionException">The app could not be used.</exception>
    IAsyncEnumerable<Table> ListTablesAsync(object app, IHttp http, CancellationToken cancellationToken);

    /// <summary>One table with its columns and key; null when there is none of that name.</summary>
    /// <exception cref="ConnectionException">The app could not be used.</exception>
    Task<Table?> DescribeAsync(object app, Identifier table, IHttp http, CancellationToken cancellationToken);

    /// <summary>The columns a statement would give, without reading rows.</summary>
    /// <exception cref="SourceException">The statement is not valid there; names the table or column.</exception>
    Task<IReadOnlyList<Column>> DescribeQueryAsync(object app, SourceQuery query, IHttp http, CancellationToken cancellationToken);

    /// <summary>Streams the rows of a statement into <paramref name="rows"/>, columns first.</summary>
    /// <exception cref="SourceException">The statement failed, or broke half way: nothing given counts.</exception>
    Task ReadAsync(object app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken);
}

/// <summary>The typed form of <see cref="ISource"/>, which connectors implement.</summary>
/// <typeparam name="TApp">The app's options.</typeparam>
public interface ISource<in TApp> : ISource
    where TApp : class
{
    /// <inheritdoc cref="ISource.ListTablesAsync"/>
    IAsyncEnumerable<Table> ListTablesAsync(TApp app, IHttp http, CancellationToken cancellationToken);

    /// <inheritdoc cref="ISource.DescribeAsync"/>
    Task<Table?> DescribeAsync(TApp app, Identifier table, IHttp http, CancellationToken cancellationToken);

    /// <inheritdoc cref="ISource.DescribeQueryAsync"/>
    Task<IReadOnlyList<Column>> DescribeQueryAsync(TApp app, SourceQuery query, IHttp http, CancellationToken cancellationToken);

    /// <inheritdoc cref="ISource.ReadAsync"/>
    Task ReadAsync(TApp app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken);

    IAsyncEnumerable<Table> ISource.ListTablesAsync(object app, IHttp http, CancellationToken cancellationToken) =>
        ListTablesAsync((TApp)app, http, cancellationToken);

    Task<Table?> ISource.DescribeAsync(object app, Identifier table, IHttp http, CancellationToken cancellationToken) =>
        DescribeAsync((TApp)app, table, http, cancellationToken);

    Task<IReadOnlyList<Column>> ISource.DescribeQueryAsync(
        object app, SourceQuery query, IHttp http, CancellationToken cancellationToken) =>
        DescribeQueryAsync((TApp)app, query, http, cancellationToken);

    Task ISource.ReadAsync(object app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken) =>
        ReadAsync((TApp)app, query, rows, http, cancellationToken);
}
