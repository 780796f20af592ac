using Penstock.Control.Retention;
using Penstock.Control.Services;
using Penstock.Control.Settings;
using Penstock.Control.Tests.Running;

namespace Penstock.Control.Tests.Retention;

public sealed class RetentionTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Old_runs_beyond_the_last_ones_are_deleted_with_all_that_belongs_to_them(string system)
    {
        await using var bench = await Bench.OnAsync(system);
        await using var node = bench.Node();
        bench.Users(1);
        await bench.RunAsync(node, ask: new() { IdempotencyKey = "k" });
        await Runs.AddAsync(bench, "users", 1_200);
        bench.Time.Advance(TimeSpan.FromDays(91));
        var young = await bench.RunAsync(node);
        var settings = new SettingsService(bench.Database, bench.Time);
        await settings.SetAsync(Bench.Ana, new() { KeepRuns = 50 }, default);

        (await new RetentionService(bench.Database, settings, bench.Time).RunAsync(default)).ShouldBe(1_202 - 50);

        var left = await bench.Database.UseAsync(
            context => Task.FromResult((context.Runs.Count(), context.Set<Control.Database.RunDestination>().Count(),
                context.IdempotencyKeys.Count())),
            default);
        left.ShouldBe((50, 50, 0));
        (await bench.KeptAsync(young.Id)).Status.ShouldBe(KeptStatus.Succeeded);
    }
}
