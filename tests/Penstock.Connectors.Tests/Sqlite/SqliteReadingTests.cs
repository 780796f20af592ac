using Penstock.Connectors.Sqlite;
using Penstock.Contract;
using Penstock.Testing;

namespace Penstock.Connectors.Tests.Sqlite;

public sealed class SqliteReadingTests
{
    [Theory]
    [InlineData("INTEGER", "9223372036854775807", "integer", "9223372036854775807")]
    [InlineData("INTEGER", "2.0", "integer", "2")]
    [InlineData("BIGINT", "' 12 '", "integer", "12")]
    [InlineData("REAL", "1e300", "float", "1E+300")]
    [InlineData("REAL", "3", "float", "3")]
    [InlineData("DECIMAL(10,2)", "12.34", "decimal", "12.34")]
    [InlineData("NUMERIC", "7", "decimal", "7")]
    [InlineData("BOOLEAN", "1", "boolean", "true")]
    [InlineData("BOOLEAN", "'False'", "boolean", "false")]
    [InlineData("DATE", "'2024-02-29'", "date", "2024-02-29")]
    [InlineData("DATE", "'2024-02-29 23:00:00'", "date", "2024-02-29")]
    [InlineData("DATE", "julianday('2024-02-29')", "date", "2024-02-29")]
    [InlineData("DATE", "unixepoch('2024-02-29')", "date", "2024-02-29")]
    [InlineData("DATETIME", "'2024-02-29 10:00:00.123456'", "timestamp", "2024-02-29T10:00:00.123456Z")]
    [InlineData("TIMESTAMP", "'2024-02-29T10:00:00Z'", "timestamp", "2024-02-29T10:00:00Z")]
    [InlineData("TIMESTAMP", "'2024-02-29T10:00:00+02:00'", "timestamp", "2024-02-29T08:00:00Z")]
    [InlineData("DATETIME", "'2024-02-29'", "timestamp", "2024-02-29T00:00:00Z")]
    [InlineData("DATETIME", "unixepoch('2024-02-29 10:00:01')", "timestamp", "2024-02-29T10:00:01Z")]
    [InlineData("DATETIME", "1000 * unixepoch('2024-02-29 10:00:01') + 5", "timestamp", "2024-02-29T10:00:01.005Z")]
    [InlineData("DATETIME", "julianday('2024-02-29 10:00:01')", "timestamp", "2024-02-29T10:00:01Z")]
    [InlineData("DATETIME", "''", "timestamp", "NULL")]
    [InlineData("VARCHAR(10)", "'a' || char(0) || 'b😀'", "string", "a\0b😀")]
    [InlineData("TEXT", "x'c3a9'", "string", "é")]
    [InlineData("JSON", "'{\"a\":1}'", "json", "{\"a\":1}")]
    [InlineData("", "1.5", "string", "1.5")]
    [InlineData("WEIRD", "'x'", "string", "x")]
    public async Task Each_declared_type_comes_as_what_it_means(string declared, string expression, string type, string value)
    {
        using var file = new SqliteFile($"CREATE TABLE t (v {declared}); INSERT INTO t VALUES ({expression})");

        var rows = await file.ReadAsync("SELECT v FROM t");

        rows.Problems.ShouldBeEmpty();
        rows.Columns[0].Type.ToString().ShouldBe(type);
        rows.Texts(0).ShouldBe([value]);
    }

    [Theory]
    [InlineData("INTEGER", "1.5", "not a whole number", "1.5")]
    [InlineData("INTEGER", "'12abc'", "not a whole number", "12abc")]
    [InlineData("DECIMAL", "1e30", "number too large", "1E+30")]
    [InlineData("BOOLEAN", "2", "neither true nor false", "2")]
    [InlineData("BOOLEAN", "'maybe'", "neither true nor false", "maybe")]
    [InlineData("DATE", "'01/02/2024'", "not a date", "01/02/2024")]
    [InlineData("DATETIME", "'yesterday'", "not a time", "yesterday")]
    [InlineData("DATETIME", "9e18", "year outside 1 to 9999", "9000000000000000000")]
    [InlineData("TEXT", "x'ff00'", "bytes, which are no text", "2 bytes")]
    [InlineData("JSON", "x'ff00'", "bytes, which are no text", "2 bytes")]
    public async Task What_a_column_does_not_promise_is_a_problem_of_its_row(string declared, string expression, string reason,
        string sample)
    {
        using var file = new SqliteFile($"CREATE TABLE t (v {declared}); INSERT INTO t VALUES ({expression})");

        var rows = await file.ReadAsync("SELECT v, 1 FROM t");

        rows.Problems.ShouldBe([("v", reason, sample)]);
        rows.Texts(0).ShouldBe(["!", "1"]);
    }

    [Fact]
    public async Task Invalid_utf8_is_left_to_the_coercion()
    {
        using var file = new SqliteFile("CREATE TABLE t (v TEXT); INSERT INTO t VALUES (CAST(x'61ff62' AS TEXT))");

        var rows = await file.ReadAsync("SELECT v FROM t");

        rows.InvalidUtf8.Count.ShouldBe(1);
        rows.InvalidUtf8[0].ShouldBe([0x61, 0xff, 0x62]);
    }

    [Fact]
    public async Task Times_without_a_zone_are_read_in_the_apps()
    {
        using var file =
            new SqliteFile(
                "CREATE TABLE t (a DATETIME, b DATETIME, c DATETIME); INSERT INTO t VALUES ('2024-07-01 12:00:00', '2024-07-01 12:00:00Z', "
                    + "'2024-03-10 02:30:00')");
        var rows = new RowCollector();

        await SqliteFile.Connector.ReadAsync(
            file.App with { TimeZone = "America/New_York" }, new SourceQuery(Sql.Trusted("SELECT * FROM t")), rows, NoHttp.Instance,
            CancellationToken.None);

        rows.Texts(0).ShouldBe(["2024-07-01T16:00:00Z", "2024-07-01T12:00:00Z", "2024-03-10T07:30:00Z"], "02:30 did not exist that day");
    }

    [Fact]
    public async Task A_utf16_database_reads_the_same()
    {
        using var file = new SqliteFile("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('é😀')");

        (await file.ReadAsync("SELECT v FROM t")).Texts(0).ShouldBe(["é😀"]);
    }

    [Fact]
    public async Task A_text_of_five_megabytes_arrives_whole()
    {
        using var file = new SqliteFile("CREATE TABLE t (v TEXT); INSERT INTO t VALUES (replace(hex(zeroblob(2500000)), '00', 'é'))");

        (await file.ReadAsync("SELECT v FROM t"))[0, "v"]!.Value.Text.ShouldBe(new string('é', 2_500_000));
    }

    [Theory]
    [InlineData("DELETE FROM t RETURNING *")]
    [InlineData("SELECT 1; DELETE FROM t")]
    [InlineData("ATTACH '/tmp/other.db' AS other")]
    [InlineData("-- nothing")]
    [InlineData("SELECT load_extension('x')")]
    [InlineData("SELECT * FROM t WHERE")]
    public async Task A_query_can_only_read_this_file(string query)
    {
        using var file = new SqliteFile("CREATE TABLE t (id INTEGER); INSERT INTO t VALUES (1)");

        await Should.ThrowAsync<SourceException>(() => file.ReadAsync(query));

        (await file.ReadAsync("SELECT count(*) FROM t -- the end ;")).Texts(0).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Cancelling_ends_the_statement()
    {
        using var file = new SqliteFile("CREATE TABLE t (id INTEGER); INSERT INTO t VALUES (1)");
        using var cancelling = new CancellationTokenSource();

        var reading =
            file.ReadAsync("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", cancelling.Token);
        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_ended()
    {
        using var file = new SqliteFile("CREATE TABLE t (id INTEGER)");

        var error = await Should.ThrowAsync<SourceException>(() => SqliteFile.Connector.ReadAsync(
            file.App,
            new SourceQuery(
                Sql.Trusted("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"))
            {
                TimeOut =
                    TimeSpan.FromMilliseconds(50)
            },
            new RowCollector(),
            NoHttp.Instance,
            CancellationToken.None));

        error.Problem.Code.ShouldBe("source.timed_out");
    }

    [Fact]
    public async Task Each_reason_is_told_apart()
    {
        using var file = new SqliteFile("CREATE TABLE t (id INTEGER)");
        File.WriteAllText(file.Path + ".txt", new string('x', 5000));

        (await FaultAsync(file.App with { File = new FilePath("gone.db", "/no/such/gone.db") })).ShouldBe(ConnectionFault.NotFound);
        (await FaultAsync(file.App with { File = new FilePath("x.txt", file.Path + ".txt") })).ShouldBe(ConnectionFault.Other);
        (await FaultAsync(file.App with { TimeZone = "Mars/Olympus" })).ShouldBe(ConnectionFault.Other);
        (await SqliteFile.Connector.TestAsync(file.App, NoHttp.Instance, CancellationToken.None)).ShouldMatch("^SQLite 3.*, file test.db$");

        async Task<ConnectionFault> FaultAsync(SqliteApp app) =>
            (await Should.ThrowAsync<ConnectionException>(
                () => SqliteFile.Connector.TestAsync(app, NoHttp.Instance, CancellationToken.None))).Fault;
    }

    [Fact]
    public async Task Tables_are_listed_and_described()
    {
        using var file = new SqliteFile(
            """
            CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL); CREATE VIEW people AS SELECT * FROM users;
            CREATE TABLE "odd.name" (a TEXT, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID; INSERT INTO users VALUES (1, 'a'), (2, 'b')
            """);
        var connector = SqliteFile.Connector;

        var listed = await connector.ListTablesAsync(file.App, NoHttp.Instance, CancellationToken.None).ToListAsync();
        var users = await DescribeAsync("USERS");
        var odd = await DescribeAsync("\"odd.name\"");

        listed.Select(table => (table.Written, table.Kind, table.RowEstimate))
            .ShouldBe([("\"odd.name\"", "table", null), ("people", "view", null), ("users", "table", 2)]);
        users!.Columns.ShouldBe(
            [new Column("id", DataKind.Integer, Transport.Integer, "INTEGER"),
                new Column("email", DataKind.String, Transport.Text, "TEXT") { Nullable = false }]);
        users.PrimaryKey.ShouldBe(["id"]);
        odd!.PrimaryKey.ShouldBe(["b", "a"]);
        (await DescribeAsync("nothing")).ShouldBeNull();
        (await DescribeAsync("other.users")).ShouldBeNull();

        Task<Table?> DescribeAsync(string name) =>
            connector.DescribeAsync(file.App, Identifier.Parse(name), NoHttp.Instance, CancellationToken.None);
    }

    [Fact]
    public async Task Columns_that_declare_nothing_are_proposed_from_the_first_rows()
    {
        using var file = new SqliteFile("CREATE TABLE t (price REAL); INSERT INTO t VALUES (1.5), (2)");

        var columns = await SqliteFile.Connector.DescribeQueryAsync(
            file.App, new SourceQuery(Sql.Trusted("SELECT sum(price) AS a, count(*) AS b, 'x' AS c, NULL AS d FROM t")), NoHttp.Instance,
            CancellationToken.None);

        columns.Select(column => (column.Type.ToString(), column.Travels)).ShouldBe(
            [("float", Transport.Text), ("integer", Transport.Text), ("string", Transport.Text), ("string", Transport.Text)]);
    }

    [Theory]
    [InlineData("SELECT nmae FROM users", "source.unknown_column", "nmae")]
    [InlineData("SELECT id FROM usres", "source.unknown_table", "usres")]
    public async Task A_wrong_query_names_what_is_wrong(string query, string code, string named)
    {
        using var file = new SqliteFile("CREATE TABLE users (id INTEGER)");

        var error = await Should.ThrowAsync<SourceException>(() => file.ReadAsync(query));

        error.Problem.Code.ShouldBe(code);
        error.Problem.Message.ShouldContain(named);
    }
}
