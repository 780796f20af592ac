using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

public sealed class PostgresReadingTests
{
    private const string Busy =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'penstock' AND datname = current_database()";

    [Fact]
    public async Task Cancelling_ends_the_statement_at_the_server()
    {
        var database = await PostgresServer.DatabaseAsync();
        using var cancelling = new CancellationTokenSource();

        // The sort before the first row is where a client that only hangs up leaves the server working.
        var reading = database.ReadAsync("SELECT count(*) FROM generate_series(1, 2000000000) AS i, pg_sleep(600)", cancelling.Token);
        await UntilAsync(database, Busy + " AND query LIKE 'COPY%' AND state = 'active'", 1);
        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
        await UntilAsync(database, Busy, 0);
    }

    [Fact]
    public async Task Cancelling_between_two_rows_ends_the_statement_at_the_server()
    {
        var database = await PostgresServer.DatabaseAsync();
        using var cancelling = new CancellationTokenSource();
        var rows = new RowCollector { OnRow = async (count, _) => await (count == 1000 ? cancelling.CancelAsync() : Task.CompletedTask) };

        await Should.ThrowAsync<OperationCanceledException>(PostgresApps.Connector.ReadAsync(
            database.App(), new SourceQuery(Sql.Trusted("SELECT i, repeat('x', 100) FROM generate_series(1, 100000000) AS i")), rows,
            NoHttp.Instance, cancelling.Token));

        await UntilAsync(database, Busy, 0);
    }

    [Fact]
    public async Task A_writer_that_breaks_ends_the_statement_at_the_server_and_keeps_its_own_error()
    {
        var database = await PostgresServer.DatabaseAsync();
        var rows = new RowCollector { OnRow = (count, _) => count == 1000 ? throw new IOException("disk full") : ValueTask.CompletedTask };

        var error = await Should.ThrowAsync<IOException>(PostgresApps.Connector.ReadAsync(
            database.App(), new SourceQuery(Sql.Trusted("SELECT i, repeat('x', 100) FROM generate_series(1, 100000000) AS i")), rows,
            NoHttp.Instance, CancellationToken.None));

        error.Message.ShouldBe("disk full");
        await UntilAsync(database, Busy, 0);
    }

    [Fact]
    public async Task A_connection_that_breaks_half_way_is_an_error_rather_than_an_end()
    {
        var database = await PostgresServer.DatabaseAsync();
        var rows = new RowCollector
        {
            OnRow = async (count, _) =>
            {
                if (count == 1000)
                    await database.ExecuteAsync(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'penstock' AND datname = "
                            + "current_database()");
            },
        };

        var error = await Should.ThrowAsync<SourceException>(PostgresApps.Connector.ReadAsync(
            database.App(), new SourceQuery(Sql.Trusted("SELECT i, repeat('x', 100) FROM generate_series(1, 10000000) AS i")), rows,
            NoHttp.Instance, CancellationToken.None));

        error.Problem.Code.ShouldBe("source.connection_lost");
        rows.Rows.Count.ShouldBeInRange(1000, 9_999_999);
    }

    [Fact]
    public async Task A_statement_that_runs_too_long_is_ended_by_the_server()
    {
        var database = await Databases.EmptyAsync();

        var error = await Should.ThrowAsync<SourceException>(PostgresApps.Connector.ReadAsync(
            database.App(),
            new SourceQuery(Sql.Trusted("SELECT pg_sleep(600)::text")) { TimeOut = TimeSpan.FromMilliseconds(50) },
            new RowCollector(),
            NoHttp.Instance,
            CancellationToken.None));

        error.Problem.Code.ShouldBe("source.timed_out");
        error.Problem.Help!.ShouldContain("statement_timeout");
    }

    [Theory]
    [InlineData("DELETE FROM t RETURNING *", "source.writes")]
    [InlineData("SELECT nextval('s')", "source.writes")]
    [InlineData("SELECT 1; DROP TABLE t", null)]
    [InlineData("SELECT 1) TO STDOUT; COMMIT; DROP TABLE t; --", null)]
    [InlineData("SELECT 1 /* ", null)]
    public async Task A_query_can_only_read(string query, string? code)
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t VALUES (1); CREATE SEQUENCE s");

        var error = await Should.ThrowAsync<SourceException>(database.ReadAsync(query));

        if (code is not null)
            error.Problem.Code.ShouldBe(code);
        (await database.ScalarAsync("SELECT count(*) FROM t")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_query_with_a_closing_comment_is_read()
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync("SELECT ARRAY[1] AS a -- the end");

        rows.Texts(0).ShouldBe(["[1]"]);
    }

    [Fact]
    public async Task Reading_sees_one_state_of_the_database()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t AS SELECT i AS id, repeat('x', 500) AS x FROM generate_series(1, 20000) AS i");
        var rows = new RowCollector
        {
            OnRow = async (count, _) =>
            {
                if (count == 1)
                    await database.ExecuteAsync("DELETE FROM t WHERE id > 10000");
            },
        };

        await PostgresApps.Connector.ReadAsync(
            database.App(), new SourceQuery(Sql.Trusted("SELECT id, x FROM t")), rows, NoHttp.Instance, CancellationToken.None);

        rows.Rows.Count.ShouldBe(20_000);
    }

    [Fact]
    public async Task An_empty_table_gives_its_columns_and_no_row()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (id int, name text)");

        var rows = await database.ReadAsync("SELECT * FROM t");

        rows.Rows.ShouldBeEmpty();
        rows.Columns.Select(column => column.Name).ShouldBe(["id", "name"]);
    }

    // Asks again until the server's own view agrees: it takes a moment to show a session's end.
    private static async Task UntilAsync(PostgresDatabase database, string count, long expected)
    {
        for (var i = 0; i < 2000; i++)
        {
            if ((long)(await database.ScalarAsync(count))! == expected)
                return;
        }

        ((long)(await database.ScalarAsync(count))!).ShouldBe(expected, count);
    }
}
