using System.Text.Json.Nodes;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class TrackTests
{
    [Fact]
    public async Task Only_the_arrays_that_were_sent_are_counted()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var attributes = await braze.AttributesAsync("""{"external_id":"u1"},{"external_id":"u2"}""");
        var events = await braze.PostAsync(
            "/users/track", """{"events":[{"external_id":"u1","name":"opened","time":"2026-11-24T10:00:00Z"}]}""");

        attributes.Json.ToJsonString().ShouldBe("""{"attributes_processed":2,"message":"success"}""");
        events.Json.ToJsonString().ShouldBe("""{"events_processed":1,"message":"success"}""");
    }

    // The five objects of the experiment that leemour/braze-cli published in September 2026, and its answer.
    [Fact]
    public async Task Refused_objects_are_named_by_array_and_index_within_a_success_and_leave_no_trace()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.AttributesAsync("""
            {"external_id":"u0","plan":"a"},
            {"external_id":"u1","email_subscribe":"maybe","plan":"a"},
            {"external_id":"u2","plan":"a"},
            {"external_id":"u3","push_subscribe":"yes"},
            {"external_id":"u4","braze_id":"5f1d"}
            """);

        reply.Status.ShouldBe(201);
        JsonNode.DeepEquals(reply.Json, JsonNode.Parse("""
            {"attributes_processed":2,
             "errors":[
              {"index":1,"input_array":"attributes","type":"'email_subscribe' must be 'subscribed', 'unsubscribed', or 'opted_in'"},
              {"index":3,"input_array":"attributes","type":"'push_subscribe' must be 'subscribed', 'unsubscribed', or 'opted_in'"},
              {"index":4,"input_array":"attributes","type":"You must specify only one of 'external_id', 'user_alias' or 'braze_id'"}],
             "message":"success"}
            """)).ShouldBeTrue(reply.Text);
        new[] { "u0", "u1", "u2", "u3", "u4" }.Select(id => braze.Simulator.Profile(id) is not null)
            .ShouldBe([true, false, true, false, false]);
    }

    [Fact]
    public async Task The_index_counts_from_zero_inside_each_array()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/users/track", """
            {"attributes":[{"external_id":"u1"},{}],
             "events":[{"external_id":"u1","name":"x","time":"2026-01-01T00:00:00Z"},{"external_id":"u1"}]}
            """);

        reply.Json["errors"].ShouldNotBeNull().AsArray()
            .Select(error => $"{error?["input_array"]}[{error?["index"]}]").ShouldBe(["attributes[1]", "events[1]"]);
    }

    [Fact]
    public async Task A_request_whose_objects_are_all_refused_is_a_400_that_names_them()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.AttributesAsync("""{"plan":"gold"}""");

        reply.Status.ShouldBe(400);
        JsonNode.DeepEquals(reply.Json, JsonNode.Parse("""
            {"message":"Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.",
             "errors":[{"type":"'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required",
                        "input_array":"attributes","index":0}]}
            """)).ShouldBeTrue(reply.Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"attributes":[]}""")]
    [InlineData("""{"attributes":{"external_id":"u1"}}""")]
    [InlineData("""{"users":[{"external_id":"u1"}]}""")]
    public async Task A_request_without_objects_is_a_400_without_errors(string body)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/users/track", body);

        reply.Status.ShouldBe(400);
        reply.Message.ShouldBe("Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.");
        reply.Json["errors"].ShouldBeNull();
    }

    [Theory]
    [InlineData(75, 0, 201)]
    [InlineData(76, 0, 400)]
    [InlineData(74, 2, 400)]
    public async Task Seventy_five_objects_over_all_arrays_are_the_most(int attributes, int events, int status)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var users = string.Join(",", Enumerable.Range(0, attributes).Select(i => $$"""{"external_id":"u{{i}}"}"""));
        var happened = string.Join(",", Enumerable.Range(0, events)
            .Select(i => $$"""{"external_id":"u{{i}}","name":"x","time":"2026-01-01T00:00:00Z"}"""));

        var reply = await braze.PostAsync("/users/track", $$"""{"attributes":[{{users}}],"events":[{{happened}}]}""");

        reply.Status.ShouldBe(status);
        braze.Simulator.Stats.Users.ShouldBe(status == 201 ? attributes : 0);
    }

    [Fact]
    public async Task The_cap_can_be_that_of_an_older_contract()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { ObjectCap = 1 });

        var reply = await braze.AttributesAsync("""{"external_id":"a"},{"external_id":"b"}""");

        reply.Status.ShouldBe(400);
        reply.Message.ShouldBe("Max Input Length Exceeded");
    }

    [Fact]
    public async Task A_new_profile_has_the_defaults_of_Braze()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"external_id":"u1"}""");

        var user = braze.User("u1");
        ((string?)user["email_subscribe"]).ShouldBe("subscribed");
        ((string?)user["push_subscribe"]).ShouldBe("subscribed");
        ((string?)user["braze_id"]).ShouldNotBeNull().Length.ShouldBe(24);
        ((string?)user["created_at"]).ShouldBe("2026-11-24T12:00:01.000Z");
    }

    [Fact]
    public async Task Updating_only_what_exists_does_nothing_for_a_missing_user_and_says_success()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"there","plan":"a"}""");

        var reply = await braze.GivenAsync("""
            {"external_id":"there","plan":"b","_update_existing_only":true},
            {"external_id":"missing","plan":"b","_update_existing_only":true}
            """);

        ((int?)reply.Json["attributes_processed"]).ShouldBe(2);
        braze.Custom("there", "plan").ShouldBe("\"b\"");
        braze.Simulator.Profile("missing").ShouldBeNull();
        braze.User("there")["_update_existing_only"].ShouldBeNull();
        braze.Custom("there", "_update_existing_only").ShouldBe("null");
    }

    [Fact]
    public async Task Events_and_purchases_are_kept_each_time_they_are_sent()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        const string body = """
            {"events":[{"external_id":"u1","name":"opened","time":"2027-01-01T00:00:00Z","properties":{"a":1}}],
             "purchases":[{"external_id":"u1","product_id":"tea","currency":"EUR","price":2.5,"quantity":2,"time":"2026-01-01T00:00:00Z"}]}
            """;

        await braze.PostAsync("/users/track", body);
        await braze.PostAsync("/users/track", body);

        var user = braze.User("u1");
        user["purchases"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        var events = user["events"].ShouldNotBeNull().AsArray();
        events.Count.ShouldBe(2);
        ((string?)events[0]?["time"]).ShouldBe("2026-11-24T12:00:01.000Z", "an event in the future happened now");
    }

    [Theory]
    [InlineData("""{"events":[{"external_id":"u1","time":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"events":[{"external_id":"u1","name":"x"}]}""")]
    [InlineData("""{"events":[{"external_id":"u1","name":"x","time":"yesterday"}]}""")]
    [InlineData("""{"events":[{"external_id":"u1","name":"x","time":"2026-01-01T00:00:00Z","properties":{"time":1}}]}""")]
    [InlineData("""{"events":[{"external_id":"u1","name":"x","time":"2026-01-01T00:00:00Z","properties":{"$a":1}}]}""")]
    [InlineData("""{"purchases":[{"external_id":"u1","product_id":"p","price":1,"time":"2026-01-01"}]}""")]
    [InlineData("""{"purchases":[{"external_id":"u1","product_id":"p","currency":"euro","price":1,"time":"2026-01-01"}]}""")]
    [InlineData("""{"purchases":[{"external_id":"u1","product_id":"p","currency":"EUR","price":"1","time":"2026-01-01"}]}""")]
    [InlineData("""{"purchases":[{"external_id":"u1","product_id":"p","currency":"EUR","price":1,"quantity":101,"time":"2026-01-01"}]}""")]
    public async Task An_event_or_purchase_that_lacks_what_is_required_is_refused(string body)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/users/track", body);

        reply.Status.ShouldBe(400);
        reply.Json["errors"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        braze.Simulator.Stats.Users.ShouldBe(0);
    }

    [Fact]
    public async Task Bulk_is_denied_unless_the_workspace_has_it()
    {
        await using var without = await SimulatedBraze.StartAsync();
        await using var with = await SimulatedBraze.StartAsync(new() { Bulk = true });
        var users = string.Join(",", Enumerable.Range(0, 1_000).Select(i => $$"""{"external_id":"u{{i}}"}"""));

        (await without.PostAsync("/users/track/bulk", $$"""{"attributes":[{{users}}]}""")).Status.ShouldBe(403);
        (await with.PostAsync("/users/track/bulk", $$"""{"attributes":[{{users}}]}""")).Status.ShouldBe(201);
        (await with.PostAsync("/users/track/bulk", $$"""{"attributes":[{{users}},{"external_id":"x"}]}""")).Status.ShouldBe(400);
        with.Simulator.Stats.Users.ShouldBe(1_000);
    }

    [Fact]
    public async Task Bulk_takes_a_hundred_objects_for_one_user()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Bulk = true });
        var objects = string.Join(",", Enumerable.Repeat("""{"external_id":"u1"}""", 101));

        var reply = await braze.PostAsync("/users/track/bulk", $$"""{"attributes":[{{objects}}]}""");

        ((int?)reply.Json["attributes_processed"]).ShouldBe(100);
        ((int?)reply.Json["errors"]?[0]?["index"]).ShouldBe(100);
    }
}
