using System.Text.Json.Nodes;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class ReadingTests
{
    [Fact]
    public async Task An_export_shows_the_asked_fields_of_known_users_and_names_the_unknown_ones()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","email":"u@example.com","first_name":"Ann","plan":"gold"}""");

        var reply = await braze.PostAsync(
            "/users/export/ids",
            """{"external_ids":["u","nobody"],"fields_to_export":["external_id","email","last_name","custom_attributes"]}""");

        reply.Status.ShouldBe(201);
        JsonNode.DeepEquals(reply.Json, JsonNode.Parse("""
            {"users":[{"external_id":"u","email":"u@example.com","custom_attributes":{"plan":"gold"}}],
             "invalid_user_ids":["nobody"],"message":"success"}
            """)).ShouldBeTrue(reply.Text);
    }

    [Fact]
    public async Task Subscription_groups_are_not_exported()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { RequireFieldsToExport = false });
        await braze.GivenAsync($$"""
            {"external_id":"u",
             "subscription_groups":[{"subscription_group_id":"{{SimulatedBraze.Group}}","subscription_state":"subscribed"}]}
            """);

        var reply = await braze.PostAsync("/users/export/ids", """{"external_ids":["u"]}""");

        ((string?)reply.Json["users"]?[0]?["email_subscribe"]).ShouldBe("subscribed");
        reply.Text.ShouldNotContain(SimulatedBraze.Group);
    }

    [Fact]
    public async Task An_export_must_name_its_fields_and_at_most_fifty_users()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var ids = string.Join(",", Enumerable.Range(0, 51).Select(i => $"\"u{i}\""));

        (await braze.PostAsync("/users/export/ids", """{"external_ids":["u"]}""")).Status.ShouldBe(400);
        var reply = await braze.PostAsync("/users/export/ids", $$"""{"external_ids":[{{ids}}],"fields_to_export":["email"]}""");
        reply.Status.ShouldBe(400);
        reply.Message.ShouldBe("The max number of external_ids and aliases per request was exceeded");
    }

    [Fact]
    public async Task Custom_attributes_come_in_pages_of_fifty_linked_by_a_header()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""{"external_id":"u",{{string.Join(",", Enumerable.Range(0, 60).Select(i => $"\"a{i:00}\":{i}"))}}}""");

        var first = await braze.GetAsync("/custom_attributes");
        var link = first.Header("link");
        var second = await braze.GetAsync(link.Split('<', '>')[1]);

        link.ShouldEndWith("; rel=\"next\"");
        first.Json["attributes"].ShouldNotBeNull().AsArray().Count.ShouldBe(50);
        second.Json["attributes"].ShouldNotBeNull().AsArray().Select(attribute => (string?)attribute?["name"]).ShouldBe(
            Enumerable.Range(50, 10).Select(i => $"a{i}"));
        second.Header("link").ShouldBe("(absent)");
    }

    [Theory]
    [InlineData("\"x\"", "String")]
    [InlineData("\"2026-01-01\"", "Time")]
    [InlineData("\"3001-01-01\"", "String")]
    [InlineData("1.5", "Number")]
    [InlineData("false", "Boolean")]
    [InlineData("[1]", "Array")]
    [InlineData("{\"a\":1}", "Object")]
    [InlineData("[{\"a\":1}]", "Object Array")]
    public async Task A_custom_attribute_has_the_type_of_its_first_value(string value, string type)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""{"external_id":"u","x":{{value}}}""");

        var reply = await braze.GetAsync("/custom_attributes");

        ((string?)reply.Json["attributes"]?[0]?["data_type"]).ShouldBe($"{type} (Automatically Detected)");
    }
}
