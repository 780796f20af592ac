using Penstock.Control.Running;
using Penstock.Control.Schedules;
using Penstock.Control.Services;
using Penstock.Control.Tests.Running;

namespace Penstock.Control.Tests.Schedules;

public sealed class SchedulerTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_time_fires_at_one_node_and_a_missed_time_fires_once(string system)
    {
        await using var bench = await Bench.OnAsync(system);
        bench.Schedules["users"] = "every: 15 minutes";
        await using var node = bench.Node();
        await using var one = new Scheduler(bench.Parts(), node);
        await using var other = new Scheduler(bench.Parts(), node);
        await one.ReloadAsync(bench.Project(), default);
        await other.ReloadAsync(bench.Project(), default);
        await one.FireAsync("users", default);
        (await bench.AllAsync()).ShouldBeEmpty();

        bench.Time.Advance(TimeSpan.FromHours(3)); // twelve times were missed
        await Task.WhenAll(one.FireAsync("users", default), other.FireAsync("users", default));
        await node.PumpAsync(default);
        await node.IdleAsync();
        await one.FireAsync("users", default);

        var run = (await bench.AllAsync()).ShouldHaveSingleItem();
        (run.Trigger, run.RequestedBy, run.Status).ShouldBe((RunTrigger.Schedule, "Penstock", KeptStatus.Succeeded));
        (await one.NextAsync(default)).ShouldHaveSingleItem().Next.ShouldBe(bench.Time.GetUtcNow() + TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_paused_model_stays_paused_after_a_restart_and_does_not_make_up_for_it()
    {
        await using var bench = new Bench();
        bench.Schedules["users"] = "every: 1 hour";
        await using var node = bench.Node();
        await using (var before = new Scheduler(bench.Parts(), node))
        {
            await before.ReloadAsync(bench.Project(), default);
            await before.PauseAsync(Bench.Ana, "users", default);
        }

        bench.Time.Advance(TimeSpan.FromHours(5));
        await using var scheduler = new Scheduler(bench.Parts(), node);
        await scheduler.ReloadAsync(bench.Project(), default);
        await scheduler.FireAsync("users", default);
        (await scheduler.NextAsync(default))[0].PausedBy.ShouldBe("Ana Lima");
        await scheduler.ResumeAsync(Bench.Ana, "users", default);
        await scheduler.FireAsync("users", default);
        (await bench.AllAsync()).ShouldBeEmpty();

        bench.Time.Advance(TimeSpan.FromHours(1));
        await scheduler.FireAsync("users", default);
        (await bench.AllAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_model_runs_when_the_answer_of_its_query_differs()
    {
        await using var bench = new Bench();
        bench.Schedules["users"] = "when_changed: { app: local, query: 'SELECT count(*) FROM users', every: 5 minutes }";
        await using var node = bench.Node();
        await using var scheduler = new Scheduler(bench.Parts(), node);
        await scheduler.ReloadAsync(bench.Project(), default);

        (await AskAsync()).ShouldBe(1); // nothing was known before
        (await AskAsync()).ShouldBe(1);
        bench.Users(1);
        (await AskAsync()).ShouldBe(2);
        (await bench.AllAsync())[0].Trigger.ShouldBe(RunTrigger.Query);
        bench.Run("DROP TABLE users");
        (await AskAsync()).ShouldBe(2);
        (await scheduler.NextAsync(default))[0].QueryProblem.ShouldNotBeNull();

        async Task<int> AskAsync()
        {
            bench.Time.Advance(TimeSpan.FromMinutes(5));
            await scheduler.FireAsync("users", default);
            await node.PumpAsync(default);
            await node.IdleAsync();
            return (await bench.AllAsync()).Count;
        }
    }

    [Fact]
    public async Task The_clock_fires_by_itself()
    {
        await using var bench = new Bench();
        var fired = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timers = await Timers.StartAsync(
            bench.Time,
            (name, _) =>
            {
                fired.TrySetResult(name);
                return Task.CompletedTask;
            },
            default);

        await timers.SetAsync("users", bench.Time.GetUtcNow() + TimeSpan.FromMinutes(10), default);
        await timers.SetAsync("users", bench.Time.GetUtcNow() + TimeSpan.FromMinutes(5), default);
        while (!fired.Task.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(fired.Task, Task.Run(() => { }));
        }

        (await fired.Task).ShouldBe("users");
        await timers.StopAsync(default);
    }
}
