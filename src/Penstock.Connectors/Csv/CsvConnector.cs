using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Connectors.Common.Sql;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>CSV files of one folder: a table is a file or a pattern, read by DuckDB, which sees nothing but the folder.</summary>
public sealed class CsvConnector : IConnector<CsvApp>, ISource<CsvApp>
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("csv", "CSV files")
    {
        Summary = "Reads CSV files of a folder: one file, or all that fit a pattern.",
        App = Options.Of<CsvApp>(),
    };

    /// <inheritdoc/>
    public SqlDialect Dialect => CsvDialect.Instance;

    /// <inheritdoc/>
    public async Task<string> TestAsync(CsvApp app, IHttp http, CancellationToken cancellationToken)
    {
        _ = TimeZones.Find(app.TimeZone);
        await using var session = await CsvSession.OpenAsync(app, [], null, cancellationToken);
        return $"folder {app.Folder}, {CsvFiles.All(app).Count} files";
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Table> ListTablesAsync(CsvApp app, IHttp http,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var file in CsvFiles.All(app))
            yield return Made(CsvFiles.Relative(app, file), [file]);
    }

    /// <inheritdoc/>
    public async Task<Table?> DescribeAsync(CsvApp app, Identifier table, IHttp http, CancellationToken cancellationToken)
    {
        CsvFiles.Check(app);
        var path = CsvFiles.Path(table);
        var files = CsvFiles.Matching(app, path);
        if (files.Count == 0)
            return null;
        await using var session = await CsvSession.OpenAsync(app, [path], null, cancellationToken);
        var columns = await DescribeAsync(session, Sql.Of($"SELECT * FROM {new Identifier(path)}").Render(Dialect));
        return Made(path, files) with { Columns = [.. columns.Select(column => column.Column)] };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Column>> DescribeQueryAsync(CsvApp app, SourceQuery query, IHttp http,
        CancellationToken cancellationToken)
    {
        await using var session = await CsvSession.OpenAsync(app, Paths(app, query), query.TimeOut, cancellationToken);
        var columns = await DescribeAsync(session, query);
        return [.. columns.Select(column => column.Column)];
    }

    /// <inheritdoc/>
    public async Task ReadAsync(CsvApp app, SourceQuery query, IRowWriter rows, IHttp http, CancellationToken cancellationToken)
    {
        // DuckDB computes on the thread that asks; the caller's is not held for that.
        await Task.Yield();
        var zone = TimeZones.Find(app.TimeZone);
        await using var session = await CsvSession.OpenAsync(app, Paths(app, query), query.TimeOut, cancellationToken);
        var sql = query.Statement.Render(Dialect);
        var columns = await DescribeAsync(session, query);
        await rows.BeginAsync([.. columns.Select(column => column.Column)], cancellationToken);
        await using var reader = await session.StartAsync(WithCasts(sql, columns));
        while (await session.NextAsync(reader))
        {
            for (var i = 0; i < columns.Count; i++)
                columns[i].Write(reader, i, zone, rows);
            await rows.EndRowAsync(cancellationToken);
        }
    }

    // A query names files in it; those get views, so that the app's options hold for them.
    private static IReadOnlyCollection<string> Paths(CsvApp app, SourceQuery query)
    {
        if (query.Selection?.Table is { } table)
            return [CsvFiles.Path(table)];
        var text = query.Selection?.Query ?? query.Statement.Render(CsvDialect.Instance).Text;
        return [.. CsvFiles.All(app).Select(file => CsvFiles.Relative(app, file)).Where(path => Names(text, path))];
    }

    // In double or in single quotes, where the quote itself is doubled.
    private static bool Names(string query, string path) =>
        query.Contains(path.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.Ordinal)
        || query.Contains(path.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal);

    // A list comes as text with no mark that it is JSON, and its elements are of the type of the column it is made from.
    private static async Task<IReadOnlyList<CsvColumn>> DescribeAsync(CsvSession session, SourceQuery query)
    {
        var columns = await DescribeAsync(session, query.Statement.Render(CsvDialect.Instance));
        var lists = query.Selection?.Columns.Where(column => column.Aggregate == AggregateKind.List).ToList() ?? [];
        if (lists.Count == 0)
            return columns;
        // has lists
        var origins = await DescribeAsync(session, CsvDialect.Instance.Origins(query.Selection!, lists).Render(CsvDialect.Instance));
        return [.. columns.Select(column => lists.FindIndex(list => list.Name == column.Column.Name) is >= 0 and var index
            ? column with { Column =
                column.Column with { Type = new DataType(origins[index].Column.Type.Kind, IsArray: true), Travels = Transport.Json } }
            : column)];
    }

    private static async Task<IReadOnlyList<CsvColumn>> DescribeAsync(CsvSession session, RenderedSql sql)
    {
        await session.CheckAsync(sql);
        await using var reader = await session.StartAsync(sql with { Text = $"SELECT * FROM (\n{sql.Text}\n) AS source LIMIT 0" });
        return CsvColumn.Of(reader);
    }

    private static RenderedSql WithCasts(RenderedSql sql, IReadOnlyList<CsvColumn> columns)
    {
        if (columns.All(column => column.Cast is null))
            return sql;
        var names = columns.Select((_, i) => $"c{i}").ToList();
        var asked = columns.Select((column, i) => string.Format(CultureInfo.InvariantCulture, column.Cast ?? "{0}", names[i]));
        return sql with { Text = $"SELECT {string.Join(", ", asked)}\nFROM (\n{sql.Text}\n) AS source({string.Join(", ", names)})" };
    }

    private static Table Made(string path, IReadOnlyList<FileInfo> files) => new(new Identifier(path))
    {
        Written = path.Contains('"', StringComparison.Ordinal) ? new Identifier(path).Write() : path,
        Kind = files.Count == 1 ? "file" : $"{files.Count} files",
    };
}
