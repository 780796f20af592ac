using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

public sealed class PostgresDescribeTests
{
    [Fact]
    public async Task Tables_and_views_are_listed_with_what_to_write()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE users (id int); CREATE VIEW people AS SELECT * FROM users; CREATE SCHEMA crm; CREATE TABLE crm."odd.name" (id int);
            CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);
            INSERT INTO users SELECT generate_series(1, 1000); ANALYZE users
            """);

        var tables = await PostgresApps.Connector.ListTablesAsync(database.App(), NoHttp.Instance, CancellationToken.None).ToListAsync();

        tables.Select(table => (table.Written, table.Kind, table.RowEstimate))
            .ShouldBe([("p", "table", null), ("people", "view", null), ("users", "table", 1000), ("crm.\"odd.name\"", "table", null)]);
        foreach (var table in tables)
        {
            var described = await DescribeAsync(database, Identifier.Parse(table.Written));
            described!.Name.ShouldBe(table.Name, "what is listed can be written back");
        }
    }

    [Fact]
    public async Task A_table_is_described_with_its_columns_and_key()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE t (b bigint, a uuid NOT NULL, price numeric(10,2), gone int, PRIMARY KEY (a, b)); ALTER TABLE t DROP COLUMN "
                + "gone");

        var table = await DescribeAsync(database, new Identifier("t"));

        table!.Columns.ShouldBe(
        [
            new Column("b", DataKind.Integer, Transport.Integer, "bigint") { Nullable = false },
            new Column("a", DataKind.String, Transport.Text, "uuid") { Nullable = false },
            new Column("price", DataKind.Decimal, Transport.Decimal, "numeric(10,2)"),
        ]);
        table.PrimaryKey.ShouldBe(["b", "a"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_table_that_does_not_exist_is_null()
    {
        var database = await Databases.EmptyAsync();

        (await DescribeAsync(database, new Identifier("nowhere"))).ShouldBeNull();
        (await DescribeAsync(database, new Identifier("no", "where"))).ShouldBeNull();
        (await DescribeAsync(database, new Identifier("x\"; DROP TABLE y --"))).ShouldBeNull();
    }

    [Fact]
    public async Task An_app_with_a_schema_looks_there_first()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            "CREATE SCHEMA \"My Shop\"; CREATE TABLE \"My Shop\".users (id int); CREATE TABLE public.users (id text)");
        var app = database.App() with { Schema = "My Shop" };

        var table = await PostgresApps.Connector.DescribeAsync(app, new Identifier("users"), NoHttp.Instance, CancellationToken.None);
        var listed = await PostgresApps.Connector.ListTablesAsync(app, NoHttp.Instance, CancellationToken.None).ToListAsync();

        table!.Name.ShouldBe(new Identifier("My Shop", "users"));
        listed.Select(item => item.Written).ShouldBe(["users"]);
    }

    [Theory]
    [InlineData("SELECT id,\n  nmae\nFROM users", "source.unknown_column", "nmae", "line 2")]
    [InlineData("SELECT id\nFROM usres", "source.unknown_table", "usres", "line 2")]
    [InlineData("SELECT id FROM users WHERE", "source.failed", "syntax error", "line 1")]
    public async Task A_wrong_query_names_what_is_wrong_and_its_line(string query, string code, string named, string line)
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE users (id int, name text)");
        var selection = new SourceSelection
        {
            Query = query,
            Keys = [new SelectedColumn { Name = "id", Column = "id" }],
            Columns = [],
        };
        var wrapped = new SourceQuery(PostgresApps.Connector.Dialect.Select(selection)) { Selection = selection };

        foreach (var given in new[] { wrapped, new SourceQuery(Sql.Trusted(query)) })
        {
            var error = await Should.ThrowAsync<SourceException>(
                PostgresApps.Connector.DescribeQueryAsync(database.App(), given, NoHttp.Instance, CancellationToken.None));

            error.Problem.Code.ShouldBe(code);
            error.Problem.Message.ShouldContain(named);
            error.Problem.Message.ShouldContain(line);
        }
    }

    [Fact]
    public async Task A_query_is_described_without_running_it()
    {
        var database = await Databases.EmptyAsync();

        var columns = await PostgresApps.Connector.DescribeQueryAsync(
            database.App(), new SourceQuery(Sql.Trusted("SELECT 1/0 AS a, pg_sleep(600)::text AS b")), NoHttp.Instance,
            CancellationToken.None);

        columns.Select(column => (column.Name, column.Type)).ShouldBe([("a", DataType.Of(DataKind.Integer)), ("b", DataKind.String)]);
    }

    private static Task<Table?> DescribeAsync(PostgresDatabase database, Identifier table) =>
        PostgresApps.Connector.DescribeAsync(database.App(), table, NoHttp.Instance, CancellationToken.None);
}
