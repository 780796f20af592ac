using Penstock.Control.Users;

namespace Penstock.Server.Tests.Api;

public sealed class TelemetryTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task It_lives_and_is_ready_and_tells_nobody_more()
    {
        (await shop.SendAsync(HttpMethod.Get, "/health/live", null, key: null)).Good()["status"]!.GetValue<string>().ShouldBe("ok");
        var ready = await shop.SendAsync(HttpMethod.Get, "/health/ready", null, key: null);
        ready.Good()["checks"]!["control_database"]!.GetValue<string>().ShouldBe("ok");
        ready.Json["checks"]!["workspace"]!.GetValue<string>().ShouldBe("ok");
        ready.Text.ShouldNotContain(shop.Folder);
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_who_may_look()
    {
        await shop.RunAsync();
        var metrics = await shop.SendAsync(HttpMethod.Get, "/metrics", null, key: null);
        metrics.Status.ShouldBe(200);
        foreach (var name in new[] { "penstock_runs", "penstock_run_duration", "penstock_step_duration", "penstock_rows",
            "penstock_records",
            "penstock_calls", "http_server_request_duration", "http_client_request_duration" })
            metrics.Text.ShouldContain(name);
        (await shop.SendAsync(HttpMethod.Get, "/metrics", null, null, ("X-Forwarded-For", "192.0.2.7"))).Status.ShouldBe(401);
        (await shop.SendAsync(HttpMethod.Get, "/metrics", null, shop.Key(Role.Viewer), ("X-Forwarded-For", "192.0.2.7")))
            .Status.ShouldBe(200);
    }
}
