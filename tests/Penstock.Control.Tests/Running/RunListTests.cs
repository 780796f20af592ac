using Penstock.Control.Database;
using Penstock.Control.Services;

namespace Penstock.Control.Tests.Running;

public sealed class RunListTests
{
    [Fact]
    public async Task Ten_thousand_runs_are_paged_through_each_once_and_filtered()
    {
        await using var bench = new Bench();
        await Runs.AddAsync(bench, "users", 8_000);
        await Runs.AddAsync(bench, "orders", 2_000);
        var history = new RunHistory(bench.Database, bench.Time);

        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await history.ListAsync(new RunFilter { After = after, Limit = 1_000 }, default);
            seen.AddRange(page.Runs.Select(run => run.Id));
            page.Runs.ShouldAllBe(run => run.Destinations.Count == 1);
            if ((after = page.Next) is null)
                break;
        }

        seen.Count.ShouldBe(10_000);
        seen.Select(long.Parse).ShouldBe(seen.Select(long.Parse).OrderDescending());
        seen.Distinct().Count().ShouldBe(10_000);
        var failed = await history.ListAsync(new RunFilter { Model = "orders", Statuses = [KeptStatus.Failed], Limit = 500 }, default);
        (failed.Runs.Count, failed.Next).ShouldBe((200, null));
        var late = await history.ListAsync(new RunFilter { From = bench.Time.GetUtcNow().AddMinutes(-10), Limit = 500 }, default);
        late.Runs.Count.ShouldBe(20);
    }
}
