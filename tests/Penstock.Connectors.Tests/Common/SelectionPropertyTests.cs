using CsCheck;
using Penstock.Connectors.Tests.Csv;
using Penstock.Connectors.Tests.Postgres;
using Penstock.Connectors.Tests.Sqlite;
using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Common;

/// <summary>Random rows and random selections: each database gives what plain LINQ gives.</summary>
public sealed class SelectionPropertyTests
{
    private static readonly string?[] Words = [null, "a", "A", "ab", "b%", "_", "it's", "\\", "é", "ﬀ", "😀", "a😀b"];
    private static readonly DateTime Start = new(2024, 1, 31, 23, 59, 58, DateTimeKind.Utc);

    private static Gen<List<Row>> Rows { get; } =
        Gen.Select(Gen.Int[-1, 4], Gen.Int[-4, 5], One(Words), Gen.Int[-1, 3])
            .List[0, 25]
            .Select(list => list.Select((row, i) => new Row(
                i + 1,
                row.Item1 < 0 ? null : row.Item1,
                row.Item2 > 3 ? null : row.Item2,
                row.Item3,
                row.Item4 < 0 ? null : Start.AddSeconds(row.Item4)))
                // So that a CSV file tells each column's type.
                .Append(new Row(list.Count + 1, 9, 7, "w", Start))
                .ToList());

    private static Gen<SelectedColumn> Aggregates { get; } = Gen.Select(
        One(
            AggregateKind.Sum, AggregateKind.Average, AggregateKind.Count, AggregateKind.CountDistinct, AggregateKind.Min,
            AggregateKind.Max,
            AggregateKind.Latest, AggregateKind.Earliest, AggregateKind.List),
        One("number", "word"),
        Gen.Bool,
        Gen.Bool,
        Gen.Int[1, 4],
        (kind, column, by, descending, limit) => new SelectedColumn
        {
            Name = "",
            Aggregate = kind,
            Column = kind is AggregateKind.Sum or AggregateKind.Average ? "number" : column,
            By = kind is AggregateKind.Latest or AggregateKind.Earliest || (kind == AggregateKind.List && by) ? "at" : null,
            Descending = descending,
            Limit = limit,
        });

    private static Gen<SourceFilter> Filters { get; } = Gen.OneOf(
        Gen.Select(
            One(FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.GreaterThan, FilterOperator.AtLeast, FilterOperator.LessThan,
                FilterOperator.AtMost, FilterOperator.In, FilterOperator.NotIn),
            Gen.Int[-4, 5].Array[1, 3],
            (op, values) => new SourceFilter("number", op, [.. values.Select(value => Value.Of(value))])),
        Gen.Select(
            One(FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.Contains, FilterOperator.NotContains, FilterOperator.In,
                FilterOperator.NotIn),
            One(Words[1..]).Array[1, 3],
            (op, values) => new SourceFilter("word", op, [.. values.Select(value => Value.Of(value))])),
        Gen.Select(
            One(FilterOperator.AtLeast, FilterOperator.LessThan, FilterOperator.Equal, FilterOperator.NotEqual),
            Gen.Int[0, 3],
            (op, seconds) => new SourceFilter("at", op, [Value.Of(Start.AddSeconds(seconds))])),
        Gen.Select(One("number", "word", "at"), Gen.Bool,
            (column, exists) => new SourceFilter(column, exists ? FilterOperator.Exists : FilterOperator.NotExists, [])));

    private static Gen<SourceSelection> Chosen { get; } = Gen.Select(
        Aggregates.Array[1, 5],
        Filters.Array[0, 2],
        Gen.Bool,
        (columns, filters, exact) => new SourceSelection
        {
            Keys = [new SelectedColumn { Name = "owner", Column = "owner" }],
            Columns = exact
                ? [.. new[] { "id", "number", "word", "at" }.Select(column => new SelectedColumn { Name = column, Column = column })]
                : [.. columns.Select((column, i) => column with { Name = $"v{i}" })],
            Filters = filters,
        });

    [Fact]
    public async Task PostgreSQL_gives_what_a_naive_model_gives()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int, owner int, number int, word text, at timestamp)");

        await Gen.Select(Rows, Chosen.Array[4]).SampleAsync(
            async (rows, selections) =>
            {
                await database.ExecuteAsync("TRUNCATE t; " + Insert(rows, "E"));
                foreach (var selection in selections)
                    await CheckAsync(rows, selection with { Table = new Identifier("t") }, PostgresApps.Connector, database.App());
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task SQLite_gives_what_a_naive_model_gives()
    {
        using var file = new SqliteFile("CREATE TABLE t (id INTEGER, owner INTEGER, number INTEGER, word TEXT, at DATETIME)");

        await Gen.Select(Rows, Chosen.Array[4]).SampleAsync(
            async (rows, selections) =>
            {
                file.Execute("DELETE FROM t; " + Insert(rows, ""));
                foreach (var selection in selections)
                    await CheckAsync(rows, selection with { Table = new Identifier("t") }, SqliteFile.Connector, file.App);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task CSV_gives_what_a_naive_model_gives()
    {
        using var folder = new CsvFolder();

        await Gen.Select(Rows, Chosen.Array[3]).SampleAsync(
            async (rows, selections) =>
            {
                folder.Write("t.csv", "id,owner,number,word,at\n" + string.Concat(rows.Select(row =>
                    $"{row.Id},{row.Owner},{row.Number},{row.Word},{(row.At is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss") : "")}\n")));
                foreach (var selection in selections)
                    await CheckAsync(rows, selection with { Table = new Identifier("t", "csv") }, CsvFolder.Connector, folder.App);
            },
            iter: 40,
            threads: 1);
    }

    private static async Task CheckAsync(IReadOnlyList<Row> rows, SourceSelection selection, ISource source, object app)
    {
        var statement = source.Dialect.Select(selection);
        var read = new RowCollector();

        await source.ReadAsync(app, new SourceQuery(statement) { Selection = selection }, read, NoHttp.Instance, CancellationToken.None);

        read.Problems.ShouldBeEmpty();
        read.Rows.Select(row => string.Join(" | ", row.Select(value => NaiveSelection.Text(value!.Value)))) // no problems, so no nulls
            .Order(StringComparer.Ordinal)
            .ToList()
            .ShouldBe(NaiveSelection.Run(rows, selection), customMessage: statement.Render(source.Dialect).Text);
    }

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Insert(IEnumerable<Row> rows, string escape)
    {
        string Quoted(string? word) => word is null ? "NULL"
            : escape + "'" + (escape == "E" ? word.Replace("\\", "\\\\") : word).Replace("'", "''") + "'";
        return "INSERT INTO t VALUES " + string.Join(", ", rows.Select(row =>
            $"({row.Id}, {row.Owner?.ToString() ?? "NULL"}, {row.Number?.ToString() ?? "NULL"}, {Quoted(row.Word)}, "
                + $"{Quoted(row.At?.ToString("yyyy-MM-dd HH:mm:ss"))})"));
    }
}
