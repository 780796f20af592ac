using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Workspace;

public sealed class SharedWorkspacesTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_share_a_file_with_a_run_and_a_second_run_is_refused()
    {
        using var folder = new TemporaryFolder();
        await using var shared = new SharedWorkspaces(_time, TimeSpan.FromMinutes(1));
        await using var run = await shared.LeaseAsync(Request(folder) with { IsRun = true }, Token);
        await using var reader = await shared.LeaseAsync(Request(folder), Token);

        var refused = await Should.ThrowAsync<PenstockException>(() => shared.LeaseAsync(Request(folder) with { IsRun = true }, Token));

        refused.Problem.Code.ShouldBe("workspace.held");
        reader.Workspace.ShouldBeSameAs(run.Workspace);
        (shared.Open, shared.IsRunning(folder.Path, "users")).ShouldBe((1, true));
    }

    [Fact]
    public async Task A_reader_sees_what_was_committed_whatever_a_run_is_doing()
    {
        using var folder = new TemporaryFolder();
        await using var shared = new SharedWorkspaces(_time, TimeSpan.FromMinutes(1));
        await using var run = await shared.LeaseAsync(Request(folder) with { IsRun = true }, Token);
        await using var writing = run.Workspace.Connect();
        await using var reading = run.Workspace.Connect();
        await writing.ExecuteAsync(Sql.Of($"CREATE TABLE t AS SELECT 1 AS a"), Token);

        await writing.InTransactionAsync(
            async token =>
            {
                await writing.ExecuteAsync(Sql.Of($"CREATE OR REPLACE TABLE t AS SELECT 2 AS a, 3 AS b"), token);
                (await reading.ScalarAsync<int>(Sql.Of($"SELECT max(a) FROM t"), token)).ShouldBe(1);
            },
            Token);

        (await reading.ScalarAsync<int>(Sql.Of($"SELECT max(b) FROM t"), Token)).ShouldBe(3);
        await reading.InTransactionAsync(
            async token =>
            {
                (await reading.ScalarAsync<int>(Sql.Of($"SELECT max(a) FROM t"), token)).ShouldBe(2);
                await writing.ExecuteAsync(Sql.Of($"DROP TABLE t"), token);
                await run.Workspace.CheckpointAsync(token);
                (await reading.ScalarAsync<int>(Sql.Of($"SELECT max(a) FROM t"), token)).ShouldBe(2);
            },
            Token);
    }

    [Fact]
    public async Task A_file_that_nobody_uses_is_closed_and_opened_again_when_wanted()
    {
        using var folder = new TemporaryFolder();
        await using var shared = new SharedWorkspaces(_time, TimeSpan.FromMinutes(1));
        await (await shared.LeaseAsync(Request(folder), Token)).DisposeAsync();
        shared.Open.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(59));
        shared.Open.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));

        shared.Open.ShouldBe(0);
        await using (await ModelWorkspace.OpenAsync(folder.Path, "users", "another", _time, new(), Token))
            (await Should.ThrowAsync<PenstockException>(() => shared.LeaseAsync(Request(folder), Token))).Problem.Code
                .ShouldBe("workspace.held");
        await using var again = await shared.LeaseAsync(Request(folder), Token);
        shared.Open.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_waits_gets_the_slot_when_the_other_ends()
    {
        using var folder = new TemporaryFolder();
        await using var shared = new SharedWorkspaces(_time, TimeSpan.FromMinutes(1));
        var first = await shared.LeaseAsync(Request(folder) with { IsRun = true }, Token);

        var second = shared.LeaseAsync(Request(folder) with { IsRun = true, Waits = true }, Token);
        second.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();

        await (await second).DisposeAsync();
        shared.IsRunning(folder.Path, "users").ShouldBeFalse();
    }

    private static WorkspaceRequest Request(TemporaryFolder folder) => new(folder.Path, "users", "a test", new() { Threads = 1 });
}
