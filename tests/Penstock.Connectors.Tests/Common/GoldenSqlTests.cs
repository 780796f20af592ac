using Penstock.Connectors.Csv;
using Penstock.Connectors.Postgres;
using Penstock.Connectors.Sqlite;
using Penstock.Connectors.Tests.Csv;
using Penstock.Connectors.Tests.Postgres;
using Penstock.Connectors.Tests.Sqlite;
using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Common;

/// <summary>What each dialect writes, to be read; and that its database takes it.</summary>
public sealed class GoldenSqlTests
{
    private static readonly string Quoted = '"' + Selections.Hostile.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    [Fact]
    public async Task PostgreSQL_writes_and_takes_each_selection()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            $"""
            CREATE SCHEMA "shop.1";
            CREATE TABLE "shop.1".{Quoted} (id int, user_id int, price numeric, category text, state text, created_at timestamptz, {Quoted} text);
            INSERT INTO "shop.1".{Quoted} VALUES (1, 1, 2, 'a', 's', now(), 'x')
            """);

        await MatchAsync("postgres", PostgresDialect.Instance, new Identifier("shop.1", Selections.Hostile), $"\"shop.1\".{Quoted}",
            (query, rows) =>
            PostgresApps.Connector.ReadAsync(database.App(), query, rows, NoHttp.Instance, CancellationToken.None));
    }

    [Fact]
    public async Task SQLite_writes_and_takes_each_selection()
    {
        using var file = new SqliteFile(
            $"""
            CREATE TABLE {Quoted} (id INTEGER, user_id INTEGER, price DECIMAL, category TEXT, state TEXT, created_at TIMESTAMP, {Quoted} TEXT);
            INSERT INTO {Quoted} VALUES (1, 1, 2, 'a', 's', '2024-01-01', 'x')
            """);

        await MatchAsync("sqlite", SqliteDialect.Instance, new Identifier(Selections.Hostile), Quoted, (query, rows) =>
            SqliteFile.Connector.ReadAsync(file.App, query, rows, NoHttp.Instance, CancellationToken.None));
    }

    [Fact]
    public async Task CSV_writes_and_takes_each_selection()
    {
        using var folder =
            new CsvFolder(
                ($"{Selections.Hostile}.csv", $"id,user_id,price,category,state,created_at,{Quoted}\n1,1,2.5,a,s,2024-01-01 10:00:00,x\n"));

        await MatchAsync("csv", CsvDialect.Instance, new Identifier(Selections.Hostile, "csv"), Quoted[..^1] + ".csv\"", (query, rows) =>
            CsvFolder.Connector.ReadAsync(folder.App, query, rows, NoHttp.Instance, CancellationToken.None));
    }

    private static async Task MatchAsync(
        string folder, SqlDialect dialect, Identifier table, string queryTable, Func<SourceQuery, RowCollector, Task> read)
    {
        foreach (var (name, selection) in Selections.All(table, queryTable))
        {
            var statement = dialect.Select(selection);
            var rendered = statement.Render(dialect);
            var values = rendered.Parameters.Select((value, i) => $"-- {i + 1}: {value.Kind} {value}\n");

            var rows = new RowCollector();
            await read(new SourceQuery(statement) { Selection = selection }, rows);

            rows.Columns.Select(column => column.Name).ShouldBe(
                [.. selection.Keys.Concat(selection.Columns).Select(column => column.Name),
                    .. selection.RowCountName is { } count ? [count] : Array.Empty<string>()]);
            Golden.Match($"{rendered.Text}\n{string.Concat(values)}", $"{folder}-{name}.sql");
        }
    }
}
