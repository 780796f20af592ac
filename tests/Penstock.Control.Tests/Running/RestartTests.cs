using Penstock.Control.Database;
using Penstock.Control.Running;
using Penstock.Control.Services;

namespace Penstock.Control.Tests.Running;

/// <summary>Processes that stop, die, or lose the control database.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_stopped_server_lets_its_runs_go_on_after_the_next_start(string system)
    {
        await using var bench = await Bench.OnAsync(system);
        bench.Users(40);
        bench.Hold();
        var first = bench.Node();
        await first.StartAsync(default);
        var id = await first.EnqueueAsync(Bench.Ana, "users", new(), default);
        await bench.HeldAsync(1);
        var stopping = first.StopAsync(default);
        while (!(await first.LiveAsync(default)).Any(run => run.IsCancelling))
            await Task.Yield(); // otherwise the requests could be answered, and the run be over, before it is told to stop
        bench.Release();
        await stopping;
        var cut = await bench.KeptAsync(id);
        cut.Status.ShouldBe(KeptStatus.Interrupted);

        await using var second = bench.Node();
        await second.PumpAsync(default);
        await second.IdleAsync();

        var resumed = (await bench.AllAsync())[0];
        (resumed.Trigger, resumed.Status).ShouldBe((RunTrigger.Resume, KeptStatus.Succeeded));
        (cut.Destinations.Sum(served => served.Created) + resumed.Destinations[0].Created).ShouldBe(40);
    }

    [Fact]
    public async Task A_dead_node_s_run_is_taken_over_when_its_lease_is_over_and_not_before()
    {
        await using var bench = await Bench.OnPostgresAsync();
        bench.Users(1);
        await using var node = bench.Node();
        var id = await node.EnqueueAsync(Bench.Ana, "users", new(), default);
        var lease = bench.Time.GetUtcNow() + TimeSpan.FromSeconds(60);
        await bench.Database.UseAsync(
            async context =>
            {
                var run = context.Runs.Single();
                (run.Status, run.Owner, run.LeaseUntil) = ("running", "elsewhere/1/1/x", lease);
                await context.SaveChangesAsync();
            },
            default);

        await node.PumpAsync(default);
        bench.Time.Advance(TimeSpan.FromSeconds(59));
        await node.PumpAsync(default);
        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Running);
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        await node.PumpAsync(default);
        await node.IdleAsync();

        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Interrupted);
        var resumed = (await bench.AllAsync())[0];
        (resumed.Trigger, resumed.Status).ShouldBe((RunTrigger.Resume, KeptStatus.Succeeded));
    }

    [Fact]
    public async Task Two_nodes_never_run_one_model_at_once()
    {
        await using var bench = await Bench.OnPostgresAsync("a", "b");
        bench.Users(1);
        await using var one = bench.Node(new() { AtOnce = 8 });
        await using var other = bench.Node(new() { AtOnce = 8 });
        for (var i = 0; i < 3; i++)
        {
            bench.Hold();
            foreach (var model in bench.Models)
            {
                await one.EnqueueAsync(Bench.Ana, model, new() { Full = true }, default);
                await one.EnqueueAsync(Bench.Ana, model, new() { Full = true, Trigger = RunTrigger.Api }, default);
            }

            await Task.WhenAll(Task.Run(() => one.PumpAsync(default)), Task.Run(() => other.PumpAsync(default)));
            (await one.LiveAsync(default)).Where(run => run.Status == KeptStatus.Running).Select(run => run.Model).Order().ShouldBe(["a",
                "b"]);
            bench.Release();
            await one.IdleAsync();
            await other.IdleAsync();
            await other.PumpAsync(default);
            await other.IdleAsync();
        }

        (await bench.AllAsync()).Count.ShouldBe(12);
        (await bench.AllAsync()).ShouldAllBe(run => run.Status == KeptStatus.Succeeded);
    }

    [Fact]
    public async Task A_run_is_cancelled_from_another_node()
    {
        await using var bench = await Bench.OnPostgresAsync();
        bench.Users(40);
        bench.Hold();
        await using var one = bench.Node();
        await using var other = bench.Node();
        var id = await one.EnqueueAsync(Bench.Ana, "users", new(), default);
        await one.PumpAsync(default);
        await bench.HeldAsync(1);

        await other.CancelAsync(Bench.Ana, id, default);
        await one.PumpAsync(default);
        bench.Release();
        await one.IdleAsync();

        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Cancelled);
    }

    [Fact]
    public async Task A_run_goes_on_while_the_control_database_is_away_and_is_kept_when_it_is_back()
    {
        await using var bench = new Bench();
        bench.Users(2);
        bench.Hold();
        await using var node = bench.Node();
        var id = await node.EnqueueAsync(Bench.Ana, "users", new(), default);
        await node.PumpAsync(default);
        await bench.HeldAsync(1);

        var (file, aside) = (bench.Location.File, bench.Location.File + ".aside");
        File.Move(file, aside);
        Directory.CreateDirectory(file); // SQLite can't open a folder
        await node.PumpAsync(default);
        node.DatabaseProblem.ShouldNotBeNull().Code.ShouldBe("control.not_writable");
        bench.Release();
        var idle = node.IdleAsync();
        for (var second = 0; second < 20; second++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        idle.IsCompleted.ShouldBeFalse();
        (await node.LiveAsync(default)).ShouldHaveSingleItem().Id.ShouldBe(id);
        Directory.Delete(file);
        File.Move(aside, file);
        while (!idle.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(idle, Task.Run(() => { }));
        }

        await node.PumpAsync(default);
        node.DatabaseProblem.ShouldBeNull();
        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Succeeded);
        (await bench.KeptAsync(id)).Destinations[0].Created.ShouldBe(2);
    }

    [Fact]
    public async Task What_ends_the_process_each_time_is_not_resumed_for_ever()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        await node.EnqueueAsync(Bench.Ana, "users", new(), default);
        for (var i = 0; i < 6; i++)
        {
            await bench.Database.UseAsync(
                async context =>
                {
                    foreach (var run in context.Runs.Where(run => run.Status == "queued"))
                        (run.Status, run.Owner, run.LeaseUntil) =
                            ("running", $"{Environment.MachineName}/{int.MaxValue}/1/x", bench.Time.GetUtcNow());
                    await context.SaveChangesAsync();
                },
                default);
            await new RunQueue(bench.Database, bench.Time, "me", new()).TakeOverAsync(true, default);
        }

        var runs = await bench.AllAsync();
        runs.Count.ShouldBe(4);
        runs.ShouldAllBe(run => run.Status == KeptStatus.Interrupted);
    }
}
