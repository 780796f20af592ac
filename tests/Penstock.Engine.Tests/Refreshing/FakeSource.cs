using Penstock.Contract;
using Penstock.Engine.Refreshing;

namespace Penstock.Engine.Tests.Refreshing;

/// <summary>A source in memory: its columns, and what it does when it is read.</summary>
internal sealed class FakeSource(IReadOnlyList<Column> columns, Func<IRowWriter, CancellationToken, Task> read) : ISource
{
    public SqlDialect Dialect => DuckDbDialect.Instance;

    public Dictionary<string, Table> Tables { get; } = [];

    public string? Asked { get; private set; }

    public static FakeSource OfRows(IReadOnlyList<Column> columns, params IReadOnlyList<Action<IRowWriter>> rows) => new(
        columns,
        async (writer, cancellationToken) =>
        {
            foreach (var row in rows)
            {
                row(writer);
                await writer.EndRowAsync(cancellationToken);
            }
        });

    public OpenSource Open() => new(this, new object(), new NoHttpHere());

    public async IAsyncEnumerable<Table> ListTablesAsync(
        object app, IHttp http, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var table in Tables.Values)
            yield return table with { Columns = [] };
        await Task.CompletedTask;
    }

    public Task<Table?> DescribeAsync(object app, Identifier table, IHttp http, CancellationToken cancellationToken) =>
        Task.FromResult(Tables.GetValueOrDefault(table.ToString()));

    public Task<IReadOnlyList<Column>> DescribeQueryAsync(object app, SourceQuery query, IHttp http, CancellationToken cancellationToken)
    {
        Asked = query.Statement.Render(Dialect).Text;
        return Asked.Contains("broken", StringComparison.Ordinal)
            ? throw new SourceException(new Problem("source.no_table", "The table 'broken' does not exist."))
            : Task.FromResult(columns);
    }

    public async Task ReadAsync(object app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken)
    {
        await rows.BeginAsync(columns, cancellationToken);
        await read(rows, cancellationToken);
    }

    private sealed class NoHttpHere : IHttp
    {
        public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
