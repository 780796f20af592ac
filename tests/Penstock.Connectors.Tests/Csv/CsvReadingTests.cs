using Penstock.Connectors.Csv;
using Penstock.Contract;
using Penstock.Testing;

namespace Penstock.Connectors.Tests.Csv;

public sealed class CsvReadingTests
{
    [Fact]
    public async Task Types_are_found_out_and_values_arrive()
    {
        using var folder = new CsvFolder(("users.csv",
            """
            id,name,price,active,born,seen,note
            1,"Ana ""Ná"" 😀",1.5,true,1990-02-28,2024-01-31 10:00:00,"two
            lines"
            2,שלום,,false,,,
            """));

        var rows = await folder.ReadTableAsync("users.csv");

        rows.Columns.Select(column => column.Type.ToString())
            .ShouldBe(["integer", "string", "float", "boolean", "date", "timestamp", "string"]);
        rows.Texts(0).ShouldBe(["1", "Ana \"Ná\" 😀", "1.5", "true", "1990-02-28", "2024-01-31T10:00:00Z", "two\nlines"]);
        rows.Texts(1).ShouldBe(["2", "שלום", "NULL", "false", "NULL", "NULL", "NULL"]);
    }

    [Fact]
    public async Task A_glob_reads_all_its_files()
    {
        using var folder = new CsvFolder(("2023/a.csv", "id,x\n1,one\n"), ("2024/b.csv", "x,id,y\ntwo,2.5,z\n"), ("c.csv", "id\n9\n"));

        var rows = await folder.ReadTableAsync("*/*.csv");

        rows.Columns.Select(column => column.Name).ShouldBe(["id", "x", "y"]);
        rows.Rows.Select(row => row[1]!.Value.Text).Order().ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Times_without_a_zone_are_read_in_the_apps()
    {
        using var folder = new CsvFolder(("t.csv", "local,zoned\n2024-07-01 12:00:00,2024-07-01 12:00:00+03\n"));

        var rows = await folder.ReadTableAsync("t.csv", folder.App with { TimeZone = "America/New_York" });

        rows.Texts(0).ShouldBe(["2024-07-01T16:00:00Z", "2024-07-01T09:00:00Z"]);
    }

    [Fact]
    public async Task Options_of_the_app_hold()
    {
        using var folder = new CsvFolder(("t.csv", "00123;NULL\n00456;x\n"));
        folder.Write("latin.csv", [.. "n\n"u8, 0xE9, (byte)'\n']);

        var rows =
            await folder.ReadTableAsync("t.csv", folder.App with { Delimiter = ";", Header = false, NullText = "NULL", AllText = true });
        var latin = await folder.ReadTableAsync("latin.csv", folder.App with { Encoding = CsvEncoding.Latin1 });

        rows.Columns.Select(column => column.Name).ShouldBe(["column0", "column1"]);
        rows.Texts(0).ShouldBe(["00123", "NULL"]);
        latin.Texts(0).ShouldBe(["é"]);
    }

    [Theory]
    [InlineData("too many values", "id,name\n1,a\n2,b,c\n3,d\n", "line 3")]
    [InlineData("too few values", "id,name,x\n1,a,b\n2\n3,d,e\n", "line 3")]
    [InlineData("a quote that never ends", "id,name\n1,a\n2,\"b\n3,d\n", "line 3")]
    [InlineData("text behind a quote", "id,name\n1,a\n2,\"b\"c\n3,d\n", "line 3")]
    public async Task A_malformed_line_ends_the_read_and_is_named(string what, string text, string line)
    {
        using var folder = new CsvFolder(("orders.csv", text));

        var error = await Should.ThrowAsync<SourceException>(() => folder.ReadTableAsync("orders.csv"), what);

        error.Problem.Code.ShouldBe("source.malformed_file", error.Message);
        error.Problem.Message.ShouldContain(line, Case.Insensitive);
        error.Problem.Message.ShouldContain("orders.csv");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_end_the_read_and_are_named()
    {
        using var folder = new CsvFolder();
        folder.Write("t.csv", [.. "id,name\n1,a\n2,"u8, 0xC3, 0x28, (byte)'\n']);

        var error = await Should.ThrowAsync<SourceException>(() => folder.ReadTableAsync("t.csv"));

        error.Problem.Code.ShouldBe("source.malformed_file", error.Message);
        error.Problem.Message.ShouldContain("encoding");
    }

    [Fact]
    public async Task A_malformed_line_beyond_the_sampled_rows_is_no_end_of_the_file()
    {
        using var folder = new CsvFolder();
        var text = new System.Text.StringBuilder("id,name\n");
        for (var i = 1; i <= 300_000; i++)
            text.Append(i).Append(",name\n");
        folder.Write("t.csv", text + "not a number,x,y\n");

        var error = await Should.ThrowAsync<SourceException>(() => folder.ReadTableAsync("t.csv"));

        error.Problem.Message.ShouldContain("300002");
    }

    [Theory]
    [InlineData("SELECT * FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM glob('/etc/*')")]
    [InlineData("SELECT * FROM read_csv('https://example.com/x.csv')")]
    [InlineData("SELECT 1) AS source; SET lock_configuration = false; SELECT * FROM (SELECT 1")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO 'x.csv'")]
    [InlineData("COPY (SELECT 1) TO 'x.csv'")]
    [InlineData("ATTACH '/tmp/x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("SELECT getenv('HOME')")]
    public async Task A_query_sees_nothing_but_the_folder(string query)
    {
        using var folder = new CsvFolder(("users.csv", "id\n1\n"));

        await Should.ThrowAsync<SourceException>(() => folder.ReadAsync(query));
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_query_joins_files_of_the_folder()
    {
        using var folder = new CsvFolder(("users.csv", "id,name\n1,Ana\n"), ("orders/2024.csv", "user_id,price\n1,2\n1,3\n"));

        var rows =
            await folder.ReadAsync(
                "SELECT u.name, sum(o.price) AS ltv, list(o.price ORDER BY o.price) AS prices FROM \"users.csv\" AS u JOIN "
                    + "'orders/2024.csv' AS o ON o.user_id = u.id GROUP BY u.name");

        rows.Texts(0).ShouldBe(["Ana", "5", "[2,3]"]);
    }

    [Fact]
    public async Task Files_are_listed_and_described_and_none_outside()
    {
        using var folder = new CsvFolder(("users.csv", "id,name\n1,Ana\n"), ("a/b.tsv", "x\ty\n1\t2\n"), ("readme.txt", "no"));
        var connector = CsvFolder.Connector;

        var listed = await connector.ListTablesAsync(folder.App, NoHttp.Instance, CancellationToken.None).ToListAsync();
        var table = await connector.DescribeAsync(folder.App, Identifier.Parse("users.csv"), NoHttp.Instance, CancellationToken.None);

        listed.Select(file => file.Written).ShouldBe(["a/b.tsv", "users.csv"]);
        table!.Columns.Select(column => (column.Name, column.Type.ToString())).ShouldBe([("id", "integer"), ("name", "string")]);
        foreach (var outside in new[] { "nothing.csv", "../x.csv", "/etc/passwd", "*.nothing" })
            (await connector.DescribeAsync(folder.App, Identifier.Parse(outside), NoHttp.Instance, CancellationToken.None))
                .ShouldBeNull(outside);
    }

    [Fact]
    public async Task A_missing_folder_is_told()
    {
        var app = new CsvApp { Folder = new FilePath("nowhere", "/no/such/folder") };

        var error =
            await Should.ThrowAsync<ConnectionException>(() => CsvFolder.Connector.TestAsync(app, NoHttp.Instance, CancellationToken.None));

        error.Fault.ShouldBe(ConnectionFault.NotFound);
        error.Problem.Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task An_unknown_column_is_named()
    {
        using var folder = new CsvFolder(("users.csv", "id,name\n1,Ana\n"));

        var error = await Should.ThrowAsync<SourceException>(() => folder.ReadAsync("SELECT nmae FROM \"users.csv\""));

        error.Problem.Code.ShouldBe("source.unknown_column", error.Message);
        error.Problem.Message.ShouldContain("nmae");
    }

    [Fact]
    public async Task Cancelling_ends_the_statement()
    {
        using var folder = new CsvFolder(("n.csv", "i\n" + string.Join('\n', Enumerable.Range(0, 20_000))));
        using var cancelling = new CancellationTokenSource();
        var rows = new RowCollector { OnRow = async (count, _) => await (count == 10 ? cancelling.CancelAsync() : Task.CompletedTask) };

        await Should.ThrowAsync<OperationCanceledException>(() => CsvFolder.Connector.ReadAsync(
            folder.App,
            new SourceQuery(Sql.Trusted("SELECT a.i FROM \"n.csv\" AS a, \"n.csv\" AS b")),
            rows,
            NoHttp.Instance,
            cancelling.Token));
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_ended()
    {
        using var folder = new CsvFolder(("n.csv", "i\n" + string.Join('\n', Enumerable.Range(0, 20_000))));

        var error = await Should.ThrowAsync<SourceException>(() => CsvFolder.ReadAsync(
            folder.App,
            new SourceQuery(
                Sql.Trusted("SELECT sum(hash(a.i + b.i + c.i) % 7) FROM \"n.csv\" AS a, \"n.csv\" AS b, \"n.csv\" AS c"))
            {
                TimeOut =
                    TimeSpan.FromMilliseconds(500)
            }));

        error.Problem.Code.ShouldBe("source.timed_out");
    }

    [Fact]
    public async Task A_file_with_only_a_header_gives_its_columns_and_no_row()
    {
        using var folder = new CsvFolder(("t.csv", "id,name\n"));

        var rows = await folder.ReadTableAsync("t.csv");

        rows.Columns.Select(column => column.Name).ShouldBe(["id", "name"]);
        rows.Rows.ShouldBeEmpty();
    }
}
