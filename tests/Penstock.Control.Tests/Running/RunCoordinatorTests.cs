using Penstock.Contract;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Control.Users;

namespace Penstock.Control.Tests.Running;

public sealed class RunCoordinatorTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_run_is_kept_with_who_asked_for_it_and_the_plan_it_carried_out(string system)
    {
        await using var bench = await Bench.OnAsync(system);
        await using var node = bench.Node();
        bench.Users(3);

        var id = await node.EnqueueAsync(Bench.Ana, "users", new() { Full = true }, default);
        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Queued);
        await node.PumpAsync(default);
        await node.IdleAsync();

        var run = await bench.KeptAsync(id);
        run.Status.ShouldBe(KeptStatus.Succeeded);
        (run.Trigger, run.RequestedBy, run.Revision, run.Ask.Full).ShouldBe((RunTrigger.Person, "Ana Lima", 7, true));
        run.Destinations.ShouldHaveSingleItem().Created.ShouldBe(3);
        run.Plans.ShouldHaveSingleItem().Creates.ShouldBe(3);
        run.Plans[0].Samples.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_second_run_for_the_same_is_folded_into_the_one_that_waits_and_another_waits_beside_it()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();

        var first = await node.EnqueueAsync(Actor.System, "users", new() { Trigger = RunTrigger.Schedule }, default);
        var second = await node.EnqueueAsync(Actor.System, "users", new() { Trigger = RunTrigger.Schedule }, default);
        var full = await node.EnqueueAsync(Bench.Ana, "users", new() { Full = true }, default);

        second.ShouldBe(first);
        full.ShouldNotBe(first);
        (await bench.AllAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_run_and_another_request_with_it_is_refused()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        var ask = new RunAsk { Trigger = RunTrigger.Api, IdempotencyKey = "k", RequestHash = "a" };

        var run = await bench.RunAsync(node, ask: ask);
        (await node.EnqueueAsync(Bench.Ana, "users", ask, default)).ShouldBe(run.Id);

        (await Should.ThrowAsync<PenstockException>(() => node.EnqueueAsync(Bench.Ana, "users", ask with { RequestHash = "b" }, default)))
            .Problem.Code.ShouldBe("usage.idempotency");
    }

    [Fact]
    public async Task Several_models_run_side_by_side_up_to_the_limit_and_one_model_never_twice()
    {
        await using var bench = new Bench("a", "b", "c");
        await using var node = bench.Node(new() { AtOnce = 2 });
        bench.Users(1);
        bench.Hold();

        foreach (var model in bench.Models)
            await node.EnqueueAsync(Bench.Ana, model, new(), default);
        await node.EnqueueAsync(Bench.Ana, "a", new() { Full = true }, default);
        await node.PumpAsync(default);
        await bench.HeldAsync(2);

        var live = await node.LiveAsync(default);
        live.Where(run => run.Status == KeptStatus.Running).Select(run => run.Model).ShouldBe(["a", "b"]);
        live.Where(run => run.Status == KeptStatus.Queued).Select(run => run.Model).ShouldBe(["c", "a"]);

        bench.Release();
        for (var i = 0; i < 4; i++)
        {
            await node.IdleAsync();
            await node.PumpAsync(default);
        }

        await node.IdleAsync();
        (await bench.AllAsync()).ShouldAllBe(run => run.Status == KeptStatus.Succeeded);
    }

    [Fact]
    public async Task Cancelling_lets_requests_in_flight_finish_and_the_next_run_goes_on()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        bench.Users(40);
        bench.Hold();
        var id = await node.EnqueueAsync(Bench.Ana, "users", new(), default);
        await node.PumpAsync(default);
        await bench.HeldAsync(1);

        await node.CancelAsync(Bench.Ana, id, default);
        bench.Release();
        await node.IdleAsync();

        var run = await bench.KeptAsync(id);
        run.Status.ShouldBe(KeptStatus.Cancelled);
        run.CancelledBy.ShouldBe("Ana Lima");
        var taken = run.Destinations.ShouldHaveSingleItem().Created;
        taken.ShouldBeGreaterThan(0);
        (await Should.ThrowAsync<PenstockException>(() => node.CancelAsync(Bench.Ana, id, default))).Problem.Code.ShouldBe(
            "usage.run_ended");
    }

    [Fact]
    public async Task Cancelling_twice_aborts_what_is_in_flight()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        bench.Users(1);
        bench.Hold();
        var id = await node.EnqueueAsync(Bench.Ana, "users", new(), default);
        await node.PumpAsync(default);
        await bench.HeldAsync(1);

        await node.CancelAsync(Bench.Ana, id, default);
        await node.CancelAsync(Bench.Ana, id, default);
        await node.IdleAsync(); // nobody released the far end

        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Cancelled);
    }

    [Fact]
    public async Task A_run_that_waits_is_cancelled_before_it_begins()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        var id = await node.EnqueueAsync(Bench.Ana, "users", new(), default);

        await node.CancelAsync(Bench.Ana, id, default);
        await node.PumpAsync(default);

        (await bench.KeptAsync(id)).Status.ShouldBe(KeptStatus.Cancelled);
        bench.Far.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Approving_removes_what_was_seen_and_waits_again_when_there_is_more()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        bench.Users(10);
        await bench.RunAsync(node);
        bench.Users(6);
        var waiting = await bench.RunAsync(node);
        waiting.Status.ShouldBe(KeptStatus.Waiting);
        waiting.Plans[0].Removals.ShouldBe(4);

        (await Should.ThrowAsync<PenstockException>(() => node.ApproveAsync(Bench.Ana, waiting.Id, "to_users", 3, default)))
            .Problem.Code.ShouldBe("usage.approval_outdated");
        bench.Users(5);
        var grown = await ApproveAsync(bench, node, waiting.Id, 4);
        grown.Status.ShouldBe(KeptStatus.Waiting);
        grown.Problem.ShouldNotBeNull().Message.ShouldContain("4 removals were approved; there are more now");
        var approved = await ApproveAsync(bench, node, grown.Id, 5);

        approved.Status.ShouldBe(KeptStatus.Succeeded);
        approved.Destinations[0].Removed.ShouldBe(5);
    }

    [Fact]
    public async Task A_retry_sends_refused_records_again()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        bench.Users(2);
        bench.Run("UPDATE users SET email = 'none' WHERE id = 2");
        (await bench.RunAsync(node)).Destinations[0].Refused.ShouldBe(1);
        (await bench.RunAsync(node)).Destinations[0].Calls.ShouldBe(0);

        var id = await node.RetryAsync(Bench.Ana, "users", "to_users", default);
        await node.PumpAsync(default);
        await node.IdleAsync();

        var run = await bench.KeptAsync(id);
        (run.Trigger, run.Destinations[0].Refused).ShouldBe((RunTrigger.Retry, 1));
    }

    [Fact]
    public async Task A_model_that_follows_another_runs_after_it_went_through()
    {
        await using var bench = new Bench("a", "b");
        await using var node = bench.Node();
        bench.Schedules["b"] = "after: a";
        bench.Users(1);

        await bench.RunAsync(node, "a");
        await node.PumpAsync(default);
        await node.IdleAsync();

        var followed = (await bench.AllAsync())[0];
        (followed.Model, followed.Trigger, followed.Status).ShouldBe(("b", RunTrigger.After, KeptStatus.Succeeded));
    }

    private static async Task<KeptRun> ApproveAsync(Bench bench, RunCoordinator node, string run, long removals)
    {
        var id = await node.ApproveAsync(Bench.Ana, run, "to_users", removals, default);
        await node.PumpAsync(default);
        await node.IdleAsync();
        return await bench.KeptAsync(id);
    }
}
