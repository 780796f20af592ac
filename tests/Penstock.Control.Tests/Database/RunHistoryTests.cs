using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Control.Tests.Database;

public sealed class RunHistoryTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_run_is_there_from_its_start_and_running()
    {
        var id = await History().BeginAsync("users", default);

        var run = (await History().ListAsync(10, default)).ShouldHaveSingleItem();
        run.Id.ShouldBe(id);
        run.Model.ShouldBe("users");
        run.Status.ShouldBe(KeptStatus.Running);
        run.StartedAt.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public async Task A_run_is_kept_with_all_that_it_came_to()
    {
        var id = await History().BeginAsync("users", default);
        await History().FinishAsync(id, Results.Partial(id), default);

        var run = await History().FindAsync(id, default);

        run.ShouldNotBeNull();
        run.Status.ShouldBe(KeptStatus.Partial);
        run.Records.ShouldBe(1000);
        run.Elapsed.ShouldBe(TimeSpan.FromSeconds(1.5));
        run.Groups.ToList().ShouldBe([new("zebra", 2), new("aardvark", 1)]);
        var problem = run.RowProblems.ShouldHaveSingleItem();
        problem.Reason.ShouldBe("not a whole number");
        problem.Samples.ShouldBe([new RowSample("7", "x")]);
        run.Steps.ShouldBe([new StepTime(RunStep.Refresh, "users", 1000, TimeSpan.FromSeconds(0.25))]);
        var served = run.Destinations.ShouldHaveSingleItem();
        (served.Created, served.Updated, served.Removed, served.Refused, served.Calls).ShouldBe((1, 2, 3, 1, 4));
        var reason = served.Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe("braze.email");
        reason.Keys.ShouldBe(["42"]);
        served.Problem.ShouldNotBeNull().Help.ShouldBe("Do this.");
    }

    [Fact]
    public async Task Runs_are_listed_newest_first_and_only_so_many()
    {
        for (var i = 0; i < 5; i++)
            await History().FinishAsync(await History().BeginAsync("m" + i, default), Results.Partial("1"), default);

        (await History().ListAsync(3, default)).Select(run => run.Model).ShouldBe(["m4", "m3", "m2"]);
    }

    [Fact]
    public async Task A_run_whose_process_is_gone_is_marked_interrupted_by_the_next()
    {
        var killed = await History().BeginAsync("users", default);
        Execute($"UPDATE runs SET Owner = '{Environment.MachineName}/{int.MaxValue}/1'");

        var next = await History().BeginAsync("users", default);

        (await History().FindAsync(killed, default)).ShouldNotBeNull().Status.ShouldBe(KeptStatus.Interrupted);
        (await History().FindAsync(next, default)).ShouldNotBeNull().Status.ShouldBe(KeptStatus.Running);
    }

    [Fact]
    public async Task A_process_that_took_over_the_number_of_a_killed_one_does_not_keep_its_run_alive()
    {
        var killed = await History().BeginAsync("users", default);
        Execute($"UPDATE runs SET Owner = '{Environment.MachineName}/{Environment.ProcessId}/12345'");

        (await History().FindAsync(killed, default)).ShouldNotBeNull().Status.ShouldBe(KeptStatus.Interrupted);
    }

    [Fact]
    public async Task A_run_of_another_machine_is_taken_for_running_until_a_later_one_of_the_model_has_finished()
    {
        var elsewhere = await History().BeginAsync("users", default);
        Execute("UPDATE runs SET Owner = 'elsewhere/1/1'");
        (await History().FindAsync(elsewhere, default)).ShouldNotBeNull().Status.ShouldBe(KeptStatus.Running);

        var later = await History().BeginAsync("users", default);
        await History().FinishAsync(later, Results.Partial(later), default);

        (await History().FindAsync(elsewhere, default)).ShouldNotBeNull().Status.ShouldBe(KeptStatus.Interrupted);
    }

    [Fact]
    public async Task A_run_ended_by_a_defect_is_kept_as_failed_with_the_time_it_took()
    {
        var id = await History().BeginAsync("users", default);
        _time.Advance(TimeSpan.FromSeconds(7));

        await History().FailAsync(id, new("internal.defect", "Oh."), default);

        var run = (await History().FindAsync(id, default)).ShouldNotBeNull();
        run.Status.ShouldBe(KeptStatus.Failed);
        run.Elapsed.ShouldBe(TimeSpan.FromSeconds(7));
        run.Problem.ShouldBe(new Problem("internal.defect", "Oh."));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("users")]
    [InlineData("99999999999999999999999")]
    public async Task There_is_no_run_of_an_unknown_id(string id)
    {
        await History().BeginAsync("users", default);
        (await History().FindAsync(id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Looking_makes_no_workspace()
    {
        var folder = Path.Combine(_workspace.Folder, "none");
        var history = new RunHistory(new ControlDatabase(folder, TimeSpan.FromSeconds(1), _time), _time);

        (await history.ListAsync(10, default)).ShouldBeEmpty();
        (await history.FindAsync("1", default)).ShouldBeNull();

        Directory.Exists(folder).ShouldBeFalse();
    }

    private RunHistory History() => new(new ControlDatabase(_workspace.Folder, TimeSpan.FromSeconds(5), _time), _time);

    private void Execute(string statement)
    {
        using var connection = new SqliteConnection($"Data Source={_workspace.File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }
}
