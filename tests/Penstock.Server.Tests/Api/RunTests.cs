using Penstock.Control.Users;

namespace Penstock.Server.Tests.Api;

public sealed class RunTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task A_run_is_asked_for_followed_and_looked_at()
    {
        var answer = await shop.PostAsync("models/users/runs", "{}", Role.Publisher);
        answer.Status.ShouldBe(202, answer.Text);
        var id = answer.Json["id"]!.GetValue<string>();
        answer.Location.ShouldBe($"/api/v1/runs/{id}");
        answer.Json["trigger"]!.GetValue<string>().ShouldBe("api");

        var events = await shop.GetAsync($"runs/{id}/events");
        events.MediaType.ShouldBe("text/event-stream");
        events.Text.ShouldContain("event: end");
        events.Text.ShouldContain("id: ");

        var run = (await shop.GetAsync(answer.Location)).Good();
        run["run"]!["status"]!.GetValue<string>().ShouldBe("succeeded", run.ToJsonString());
        run["run"]!["records"]!.GetValue<long>().ShouldBe(3);
        run["run"]!["revision"]!.GetValue<long>().ShouldBe(1);
        run["run"]!["groups"]!["big_spenders"]!.GetValue<long>().ShouldBe(1);
        run["steps"]!.AsArray().ShouldNotBeEmpty();
        shop.Braze.Profile("1")!.ToJsonString().ShouldContain("ana@example.com");
    }

    [Fact]
    public async Task Who_comes_after_the_end_gets_the_end()
    {
        var run = await shop.RunAsync();
        var late = await shop.GetAsync($"runs/{run}/events");
        late.Text.Split("event: ").Length.ShouldBe(2);
        late.Text.ShouldContain("event: end");
        late.Text.ShouldContain("\"status\":\"succeeded\"");
    }

    [Fact]
    public async Task No_body_is_an_ordinary_run()
    {
        var answer = await shop.PostAsync("models/users/runs", null, Role.Publisher);
        answer.Status.ShouldBe(202, answer.Text);
        (await shop.GetAsync(answer.Location + "/events")).Text.ShouldContain("event: end");
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_run()
    {
        var first = await shop.PostAsync("models/users/runs", "{}", Role.Publisher, ("Idempotency-Key", "nightly-1"));
        await shop.GetAsync(first.Location + "/events");
        var second = await shop.PostAsync("models/users/runs", "{}", Role.Publisher, ("Idempotency-Key", "nightly-1"));
        second.Status.ShouldBe(202, second.Text);
        second.Json["id"]!.GetValue<string>().ShouldBe(first.Json["id"]!.GetValue<string>());
        (await shop.PostAsync("models/users/runs", """{"full": true}""", Role.Publisher, ("Idempotency-Key", "nightly-1")))
            .ShouldBe(422, "usage.idempotency");
    }

    [Fact]
    public async Task A_destination_of_another_model_is_refused() =>
        (await shop.PostAsync("models/users/runs", """{"destinations": ["nowhere"]}""")).ShouldBe(404, "usage.unknown_destination");

    [Fact]
    public async Task A_run_that_has_ended_cant_be_cancelled_or_approved()
    {
        var run = await shop.RunAsync();
        (await shop.PostAsync($"runs/{run}/cancel", null)).ShouldBe(409, "usage.run_ended");
        (await shop.PostAsync($"runs/{run}/approve", """{"destination": "braze_users", "removals": 1}"""))
            .ShouldBe(409, "usage.nothing_to_approve");
    }

    [Fact]
    public async Task A_model_is_paused_and_resumed()
    {
        (await shop.PostAsync("models/users/pause", null, Role.Publisher)).Good()["paused_by"]!.GetValue<string>().ShouldBe("Publisher");
        (await shop.PostAsync("models/users/resume", null, Role.Publisher)).Good()["paused_at"].ShouldBeNull();
        (await shop.PostAsync("models/user/pause", null, Role.Publisher)).ShouldBe(404, "usage.unknown_model");
    }

    [Fact]
    public async Task The_overview_says_how_models_stand()
    {
        await shop.RunAsync();
        var model = (await shop.GetAsync("overview")).Good()["models"]![0]!;
        model["state"]!.GetValue<string>().ShouldBe("healthy", model.ToJsonString());
        model["last_run"]!["status"]!.GetValue<string>().ShouldBe("succeeded");
        (await shop.GetAsync("figures")).Good()["items"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_plan_says_what_a_run_would_do()
    {
        await shop.RunAsync();
        var plan = (await shop.PostAsync("models/users/plan", null, Role.Editor)).Good();
        plan["records"]!.GetValue<long>().ShouldBe(3);
        plan["destinations"]![0]!["created"]!.GetValue<long>().ShouldBe(0);
        plan["destinations"]![0]!["unchanged"]!.GetValue<long>().ShouldBe(3);
    }

    [Fact]
    public async Task Refused_records_are_tried_again()
    {
        var answer = await shop.PostAsync("destinations/braze_users/retry", null, Role.Publisher);
        answer.Status.ShouldBe(202, answer.Text);
        answer.Json["trigger"]!.GetValue<string>().ShouldBe("retry");
        (await shop.GetAsync(answer.Location + "/events")).Text.ShouldContain("event: end");
        (await shop.GetAsync("destinations/braze_users/failures")).Good()["items"]!.AsArray().ShouldBeEmpty();
    }
}
