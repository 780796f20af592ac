using Penstock.Control.Health;
using Penstock.Control.Notifications;
using Penstock.Control.Outbound;
using Penstock.Control.Settings;
using Penstock.Control.Tests.Running;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task A_model_is_never_run_then_healthy_then_late_then_healthy()
    {
        await using var bench = new Bench();
        bench.Schedules["users"] = "every: 1 hour";
        await using var node = bench.Node();
        using var notifications = Notifications(bench);
        var health = Service(bench, node, notifications);
        (await StateAsync(health)).ShouldBe(HealthState.NeverRun);
        bench.Users(3);

        await bench.RunAsync(node);
        (await StateAsync(health)).ShouldBe(HealthState.Healthy);
        bench.Time.Advance(TimeSpan.FromMinutes(129));
        (await StateAsync(health)).ShouldBe(HealthState.Healthy);
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        (await StateAsync(health)).ShouldBe(HealthState.Late);
        await bench.RunAsync(node);
        (await StateAsync(health)).ShouldBe(HealthState.Healthy);
    }

    [Fact]
    public async Task A_run_is_unusual_with_many_refused_or_with_other_numbers_than_before_and_waiting_is_said()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        using var notifications = Notifications(bench);
        var health = Service(bench, node, notifications);
        bench.Users(4);
        for (var i = 0; i < 4; i++)
            await bench.RunAsync(node);
        bench.Users(7);
        await bench.RunAsync(node);
        (await health.ModelsAsync(default))[0].Text.ShouldContain("it has 7 records, where the runs before had about 4");

        bench.Users(4);
        await bench.RunAsync(node);
        (await StateAsync(health)).ShouldBe(HealthState.Waiting);
        bench.Users(7);
        bench.Run("UPDATE users SET email = 'none' WHERE id > 5");
        await bench.RunAsync(node);
        (await health.ModelsAsync(default))[0].Text.ShouldContain("to_users refused 2 of 2 records");
    }

    [Fact]
    public async Task Figures_are_counted_by_run_and_by_day()
    {
        await using var bench = new Bench();
        await using var node = bench.Node();
        using var notifications = Notifications(bench);
        var health = Service(bench, node, notifications);
        await Runs.AddAsync(bench, "users", 3_000);
        var (from, to) = (bench.Time.GetUtcNow().AddDays(-3), bench.Time.GetUtcNow().AddDays(1));

        (await health.FiguresAsync("users", from, to, null, default)).Count.ShouldBe(3_000);
        var days = await health.FiguresAsync(null, from, to, TimeZoneInfo.Utc, default);

        days.Sum(day => day.Runs).ShouldBe(3_000);
        days.Sum(day => day.Created).ShouldBe(6_000);
        days.Sum(day => day.Failed).ShouldBe(300);
        days.ShouldAllBe(day => day.At.TimeOfDay == TimeSpan.Zero);
    }

    private static NotificationService Notifications(Bench bench) =>
        new(bench.Database, new OutboundPolicy([]), new SecretSources(bench.Folder, _ => null), bench.Time);

    private static HealthService Service(Bench bench, Control.Running.RunCoordinator node, NotificationService notifications) =>
        new(bench.Parts(), node, new SettingsService(bench.Database, bench.Time), notifications);

    private static async Task<HealthState> StateAsync(HealthService health) => (await health.ModelsAsync(default))[0].State;
}
