using System.Diagnostics;
using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Workspace;

public sealed class ModelWorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DatabaseFile => _folder.File("ws/users.duckdb");

    [Fact]
    public async Task What_was_written_is_there_when_it_is_opened_again()
    {
        await using (var workspace = await Workspaces.OpenAsync(_folder))
            await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE t AS SELECT 7::BIGINT AS n"), Token);

        await using var again = await Workspaces.OpenAsync(_folder);
        (await again.Connection.ScalarAsync<long>(Sql.Of($"SELECT n FROM t"), Token)).ShouldBe(7);
    }

    [Fact]
    public async Task A_second_holder_is_told_who_has_it()
    {
        await using var first = await Workspaces.OpenAsync(_folder);

        var error = await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder, command: "penstock plan users"));

        error.Problem.Code.ShouldBe("workspace.held");
        error.Problem.Message.ShouldBe(
            $"The workspace of 'users' is held by process {Environment.ProcessId} on {Environment.MachineName} "
            + "since 2026-11-24 10:15 UTC (penstock run users).");
    }

    [Fact]
    public async Task A_second_holder_in_another_process_is_told_too()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "flock(1) is not installed");
        Directory.CreateDirectory(_folder.File("ws"));
        var start = new ProcessStartInfo("/usr/bin/flock", [_folder.File("ws/users.lock"), "sh", "-c", "echo held; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var other = Process.Start(start)!; // started by path, so never reused
        (await other.StandardOutput.ReadLineAsync(Token)).ShouldBe("held");

        var error = await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder));
        error.Problem.Message.ShouldBe("The workspace of 'users' is held by another process.");

        // Its shell ends with its input, and flock with its shell: killed, the shell could hold the lock a moment longer.
        other.StandardInput.Close();
        await other.WaitForExitAsync(Token);
        await using var workspace = await Workspaces.OpenAsync(_folder);
    }

    [Fact]
    public async Task A_killed_holder_leaves_nothing_that_stops_the_next()
    {
        Directory.CreateDirectory(_folder.File("ws"));
        await File.WriteAllTextAsync(_folder.File("ws/users.lock"), "", Token);
        await File.WriteAllTextAsync(_folder.File("ws/users.lock.json"), """{"Pid":1,"Host":"gone","Command":"x","Since":"2020-01-01T00:00:00Z"}""", Token);

        await using var workspace = await Workspaces.OpenAsync(_folder);
        (await File.ReadAllTextAsync(_folder.File("ws/users.lock.json"), Token)).ShouldContain("penstock run users");
    }

    [Fact]
    public async Task A_clock_set_back_between_runs_changes_nothing()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));
        await using (var workspace = await Workspaces.OpenAsync(_folder, time))
            await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE t AS SELECT 7::BIGINT AS n"), Token);

        var earlier = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var again = await Workspaces.OpenAsync(_folder, earlier);
        (await again.Connection.ScalarAsync<long>(Sql.Of($"SELECT n FROM t"), Token)).ShouldBe(7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    public async Task Something_else_in_its_place_is_named_with_what_deleting_it_costs(string content)
    {
        Directory.CreateDirectory(_folder.File("ws"));
        await File.WriteAllTextAsync(DatabaseFile, content, Token);

        var problem = (await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder))).Problem;

        problem.Code.ShouldBe("workspace.damaged");
        problem.Message.ShouldContain(DatabaseFile);
        problem.Help.ShouldNotBeNull().ShouldContain("every record is sent again");
        problem.Help.ShouldContain("nothing is lost at the source");
    }

    [Fact]
    public async Task A_file_cut_short_is_damaged_and_frees_the_lock()
    {
        await FillAsync();
        using (var stream = File.OpenWrite(DatabaseFile))
            stream.SetLength(stream.Length / 2);

        for (var i = 0; i < 2; i++)
        {
            var error = await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder));
            error.Problem.Code.ShouldBe("workspace.damaged");
        }
    }

    [Fact]
    public async Task Damage_that_shows_only_when_a_row_is_read_is_named_as_well()
    {
        await FillAsync();
        using (var stream = File.OpenWrite(DatabaseFile))
        {
            // Past the three headers lie the blocks of the rows.
            stream.Position = (3 * 4096) + (2 * 262_144) + 100;
            stream.Write(new byte[64]);
        }

        var error = await Should.ThrowAsync<PenstockException>(async () =>
        {
            await using var workspace = await Workspaces.OpenAsync(_folder);
            await workspace.Connection.ScalarAsync<string>(Sql.Of($"SELECT max(a || b) FROM t"), Token);
        });
        error.Problem.Code.ShouldBe("workspace.damaged");
    }

    [Fact]
    public async Task A_workspace_from_a_newer_version_is_left_alone()
    {
        await using (var workspace = await Workspaces.OpenAsync(_folder))
            await workspace.Connection.ExecuteAsync(Sql.Of($"UPDATE _meta SET schema_version = 99, written_by = 'Penstock 9.1.0'"), Token);

        var problem = (await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder))).Problem;

        problem.Code.ShouldBe("workspace.newer");
        problem.Message.ShouldBe(
            $"The workspace {DatabaseFile} was written by Penstock 9.1.0 (form 99), which this version of Penstock can't read.");
        problem.Help.ShouldNotBeNull().ShouldContain("every record is sent again");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_folder.File("ws"), "a file", Token);
        var error = await Should.ThrowAsync<PenstockException>(() => Workspaces.OpenAsync(_folder));
        error.Problem.Code.ShouldBe("workspace.folder");
        error.Problem.Message.ShouldContain(_folder.File("ws"));
    }

    [Fact]
    public async Task A_transaction_that_throws_leaves_nothing()
    {
        await using var workspace = await Workspaces.OpenAsync(_folder);
        await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE t (n BIGINT)"), Token);

        await Should.ThrowAsync<InvalidTimeZoneException>(() => workspace.Connection.InTransactionAsync(
            async token =>
            {
                await workspace.Connection.ExecuteAsync(Sql.Of($"INSERT INTO t VALUES (1)"), token);
                throw new InvalidTimeZoneException();
            },
            Token));

        (await workspace.Connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM t"), Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Another_connection_sees_what_the_first_has_committed()
    {
        await using var workspace = await Workspaces.OpenAsync(_folder);
        await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE t AS SELECT 7::BIGINT AS n"), Token);
        await using var second = workspace.Connect();
        (await second.ScalarAsync<long>(Sql.Of($"SELECT n FROM t"), Token)).ShouldBe(7);
    }

    [Fact]
    public async Task Cancelling_stops_a_statement_that_would_run_for_hours()
    {
        await using var workspace = await Workspaces.OpenAsync(_folder);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Task.Run(
            () => workspace.Connection.ScalarAsync<long>(
                Sql.Of($"SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE (a.range * b.range) % 7 = 3"), cancel.Token),
            Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await workspace.Connection.ScalarAsync<int>(Sql.Of($"SELECT 1"), Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_statement_in_error_says_so_in_DuckDBs_own_words()
    {
        await using var workspace = await Workspaces.OpenAsync(_folder);
        var error = await Should.ThrowAsync<DuckDBException>(() => workspace.Connection.ExecuteAsync(Sql.Of($"SELECT nothing"), Token));
        error.Message.ShouldContain("nothing");
    }

    public void Dispose() => _folder.Dispose();

    private async Task FillAsync()
    {
        await using var workspace = await Workspaces.OpenAsync(_folder);
        await workspace.Connection.ExecuteAsync(
            Sql.Of($"CREATE TABLE t AS SELECT md5(i::VARCHAR) AS a, md5((i + 1)::VARCHAR) AS b FROM range(200000) r(i)"), Token);
    }
}
