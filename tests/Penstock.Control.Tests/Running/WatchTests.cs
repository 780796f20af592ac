using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Control.Tests.Running;

public sealed class WatchTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Fifty_viewers_see_the_latest_picture_at_most_four_times_a_second_and_the_end()
    {
        var live = new LiveRuns(_time, TimeSpan.FromMilliseconds(250));
        var run = live.Add(new("1", "users", KeptStatus.Running));
        var viewers = Enumerable.Range(0, 50).Select(_ => live.WatchAsync("1", default).GetAsyncEnumerator()).ToList();
        foreach (var viewer in viewers)
            (await viewer.MoveNextAsync()).ShouldBeTrue();

        var next = viewers.ConvertAll(viewer => viewer.MoveNextAsync().AsTask());
        for (var done = 1; done <= 1000; done++)
            run.Report(new("users", RunStep.Deliver, "braze", done, 1000) { Rate = 100 });
        await AdvanceUntilAsync(Task.WhenAll(next));

        foreach (var viewer in viewers)
            viewer.Current.Steps.ShouldHaveSingleItem().Done.ShouldBe(1000);
        var last = viewers.ConvertAll(viewer => viewer.MoveNextAsync().AsTask());
        run.End(KeptStatus.Succeeded, null);
        await AdvanceUntilAsync(Task.WhenAll(last));
        foreach (var viewer in viewers)
        {
            viewer.Current.Status.ShouldBe(KeptStatus.Succeeded);
            (await viewer.MoveNextAsync()).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Who_comes_late_begins_with_how_things_are()
    {
        var live = new LiveRuns(_time, TimeSpan.FromMilliseconds(250));
        var run = live.Add(new("1", "users", KeptStatus.Running));
        run.Report(new("users", RunStep.Refresh, "users", 10, null));
        run.Report(new("users", RunStep.Deliver, "braze", 25, 100) { Rate = 5, Calls = 3, Refused = 1, Waiting = "the limit" });

        await using var viewer = live.WatchAsync("1", default).GetAsyncEnumerator();
        await viewer.MoveNextAsync();

        viewer.Current.Steps[0].IsDone.ShouldBeTrue();
        var step = viewer.Current.Steps[1];
        (step.Done, step.Total, step.Calls, step.Refused, step.Left, step.Waiting).ShouldBe(
            (25, 100, 3, 1, TimeSpan.FromSeconds(15), "the limit"));
    }

    [Fact]
    public async Task A_run_that_is_over_is_shown_once_and_an_unknown_one_is_told()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        var run = await bench.RunAsync(node);
        await using var another = bench.Node();

        var pictures = new List<LiveRun>();
        await foreach (var picture in another.WatchAsync(run.Id, default))
            pictures.Add(picture);

        pictures.ShouldHaveSingleItem().Status.ShouldBe(KeptStatus.Succeeded);
        (await Should.ThrowAsync<PenstockException>(async () => await another.WatchAsync("99", default).FirstAsync()))
            .Problem.Code.ShouldBe("usage.unknown_run");
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(task, Task.Run(() => { }));
        }

        await task;
    }
}
