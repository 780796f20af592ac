using System.Net;
using System.Text.Json.Nodes;
using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class SideDoorTests
{
    [Fact]
    public async Task A_user_is_shown_with_standard_fields_on_top_and_needs_no_key()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""
            {"external_id":"a/b c","first_name":"Ann","plan":"gold",
             "subscription_groups":[{"subscription_group_id":"{{SimulatedBraze.Group}}","subscription_state":"subscribed"}]}
            """);
        braze.Http.DefaultRequestHeaders.Authorization = null;

        var reply = await braze.GetAsync("/_sim/users/a%2Fb%20c");

        reply.Status.ShouldBe(200);
        ((string?)reply.Json["external_id"]).ShouldBe("a/b c");
        ((string?)reply.Json["first_name"]).ShouldBe("Ann");
        reply.Json["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"plan":"gold"}""");
        reply.Json["subscription_groups"].ShouldNotBeNull().ToJsonString().ShouldBe($$"""{"{{SimulatedBraze.Group}}":"subscribed"}""");
        (await braze.GetAsync("/_sim/users/nobody")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Users_are_listed_in_parts()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"a"},{"external_id":"b"},{"external_id":"c"}""");

        var reply = await braze.GetAsync("/_sim/users?offset=1&limit=1");

        ((int?)reply.Json["total"]).ShouldBe(3);
        ((string?)reply.Json["users"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem()?["external_id"]).ShouldBe("b");
    }

    [Fact]
    public async Task Statistics_count_the_API_and_not_the_side_door()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.AttributesAsync("""{"external_id":"a","x":1},{"external_id":"b"},{"plan":"refused"}""");
        await braze.PostAsync("/users/delete", """{"external_ids":["a"]}""");
        await braze.GetAsync("/_sim/users");

        var reply = await braze.GetAsync("/_sim/stats");

        JsonNode.DeepEquals(reply.Json, JsonNode.Parse("""
            {"users":1,"requests":2,"objects":3,"data_points":1,"races":0,"over_limit":0,
             "by_path":{"/users/delete":1,"/users/track":1}}
            """)).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task The_last_requests_are_shown_without_the_key()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Key = "very-secret-key" });
        await braze.GivenAsync("""{"external_id":"a"}""");
        await braze.PostAsync("/users/delete?x=1", """{"external_ids":["a"]}""");

        var reply = await braze.GetAsync("/_sim/requests?last=1");

        var request = reply.Json.AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        ((string?)request["method"]).ShouldBe("POST");
        ((string?)request["path"]).ShouldBe("/users/delete");
        ((string?)request["body"]).ShouldBe("""{"external_ids":["a"]}""");
        ((int?)request["status"]).ShouldBe(201);
        ((string?)request["headers"]?["Content-Type"]).ShouldBe("application/json; charset=utf-8");
        reply.Text.ShouldNotContain("very-secret-key");
    }

    [Fact]
    public async Task A_thousand_requests_are_kept_with_bodies_to_64_KB()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        for (var i = 0; i < 1_001; i++)
            await braze.GetAsync($"/custom_attributes?cursor={i}");
        await braze.PostAsync("/users/track", "{}".PadRight(100_000));

        braze.Simulator.Requests.Count.ShouldBe(1_000);
        braze.Simulator.Requests[0].Query.ShouldBe("?cursor=2");
        braze.Simulator.Requests[^1].Body.Length.ShouldBe(64 * 1024);
    }

    [Fact]
    public async Task Reset_forgets_everything()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Requests(1) });
        await braze.GivenAsync("""{"external_id":"a","x":1}""");
        braze.Simulator.AddFault(new BrazeFault { Status = 500 });

        (await braze.PostAsync("/_sim/reset", "")).Status.ShouldBe(200);

        braze.Simulator.Stats.Users.ShouldBe(0);
        braze.Simulator.Stats.Requests.ShouldBe(0);
        braze.Simulator.Stats.DataPoints.ShouldBe(0);
        braze.Simulator.Requests.ShouldBeEmpty();
        await braze.GivenAsync("""{"external_id":"a"}""");
    }

    [Fact]
    public async Task The_page_shows_users_and_requests_and_escapes_them()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"<script>alert(1)</script>","plan":"\"><img src=x onerror=alert(2)>"}""");

        var reply = await braze.GetAsync("/");

        reply.MediaType.ShouldBe("text/html");
        reply.Text.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        reply.Text.ShouldContain("POST /users/track");
        reply.Text.ShouldNotContain("<script");
        reply.Text.ShouldNotContain("<img");
        reply.Text.ShouldNotContain("http");
        reply.Header("Content-Security-Policy").ShouldBe("default-src 'none'; style-src 'unsafe-inline'");
    }

    [Fact]
    public async Task It_listens_on_this_machine_only()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        IPAddress.Parse(braze.Simulator.Address.Host).ShouldBe(IPAddress.Loopback);
    }

    [Fact]
    public async Task The_same_user_in_two_requests_at_once_is_found()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        braze.Simulator.AddFault(new BrazeFault { Match = "/users/track", Delay = TimeSpan.FromSeconds(10) });
        var slow = braze.AttributesAsync("""{"external_id":"u"},{"external_id":"v"}""");
        while (braze.Simulator.Requests.Count == 0)
            await Task.Yield(); // the slow request has been applied when it is in the list

        await braze.PostAsync("/users/delete", """{"external_ids":["u","w"]}""");
        await braze.AdvanceUntilAsync(slow);
        await braze.PostAsync("/users/delete", """{"external_ids":["v"]}""");

        braze.Simulator.Races.ShouldBe(["u: /users/delete while /users/track was in flight"]);
        braze.Simulator.Stats.Races.ShouldBe(1);
    }

    [Fact]
    public async Task A_counting_simulator_authenticates_and_counts_but_keeps_nobody()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Counting = true });

        var reply = await braze.PostAsync("/users/track", """
            {"attributes":[{"external_id":"a","n":{"x":[1,{"y":2}]}},{"external_id":"b"}],"purchases":[{"external_id":"a"}]}
            """);
        var delete = await braze.PostAsync("/users/delete", """{"external_ids":["a","b","c"]}""");

        reply.Text.ShouldBe("""{"attributes_processed":2,"purchases_processed":1,"message":"success"}""");
        reply.Header("x-ratelimit-remaining").ShouldBe("2999");
        delete.Text.ShouldBe("""{"deleted":3,"message":"success"}""");
        braze.Simulator.Stats.Objects.ShouldBe(6);
        braze.Simulator.Stats.Users.ShouldBe(0);
        (await braze.PostAsync("/users/track", """{"attributes":[""")).Status.ShouldBe(400);
        (await braze.PostAsync("/users/track", "{}")).Status.ShouldBe(400);
        braze.Http.DefaultRequestHeaders.Authorization = null;
        (await braze.PostAsync("/users/track", "{}")).Status.ShouldBe(401);
    }
}
