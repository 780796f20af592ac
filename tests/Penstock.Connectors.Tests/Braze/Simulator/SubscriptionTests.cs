namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class SubscriptionTests
{
    private const string Group = SimulatedBraze.Group;

    [Fact]
    public async Task A_state_reaches_every_profile_with_the_same_address()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"twin","email":"A@example.com"},{"external_id":"other","email":"o@example.com"}""");

        await braze.GivenAsync($$"""{"external_id":"u","email":"a@example.com","subscription_groups":[{{State("subscribed")}}]}""");

        State(braze, "u").ShouldBe("subscribed");
        State(braze, "twin").ShouldBe("subscribed");
        State(braze, "other").ShouldBeNull();
    }

    [Fact]
    public async Task A_later_state_replaces_the_earlier_one_and_other_groups_stay()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""
            {"external_id":"u","subscription_groups":[{{State("subscribed")}},{{State("subscribed", SimulatedBraze.OtherGroup)}}]}
            """);

        await braze.GivenAsync($$"""{"external_id":"u","subscription_groups":[{{State("unsubscribed", Group.ToUpperInvariant())}}]}""");

        State(braze, "u").ShouldBe("unsubscribed");
        State(braze, "u", SimulatedBraze.OtherGroup).ShouldBe("subscribed");
    }

    [Theory]
    [InlineData(
        "/subscription/status/set",
        """{"subscription_group_id":"GROUP","subscription_state":"subscribed","external_id":["u","nobody"]}""")]
    [InlineData(
        "/subscription/status/set",
        """{"subscription_group_id":"GROUP","subscription_state":"subscribed","email":["u@example.com"]}""")]
    [InlineData(
        "/v2/subscription/status/set",
        """{"subscription_groups":[{"subscription_group_id":"GROUP","subscription_state":"subscribed","external_ids":["u"]}]}""")]
    public async Task Both_versions_set_a_state_and_take_unknown_users_quietly(string path, string body)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","email":"u@example.com"}""");

        var reply = await braze.PostAsync(path, body.Replace("GROUP", Group, StringComparison.Ordinal));

        reply.Status.ShouldBe(201);
        reply.Text.ShouldBe("""{"message":"success"}""");
        State(braze, "u").ShouldBe("subscribed");
        braze.Simulator.Stats.Users.ShouldBe(1);
    }

    [Theory]
    [InlineData(
        """{"subscription_group_id":"news","subscription_state":"subscribed","external_id":["u"]}""",
        "Invalid subscription group ID")]
    [InlineData(
        """
        {"subscription_group_id":"3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11","subscription_state":"subscribed","email":["a@b.co"],"phone":["+1"]}
        """,
        "Either an email address or a phone number should be provided, but not both.")]
    [InlineData("""{"subscription_group_id":"3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11","subscription_state":"in","external_id":["u"]}""", null)]
    [InlineData("""{"subscription_group_id":"3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11","subscription_state":"subscribed"}""", null)]
    public async Task A_state_that_cannot_be_set_is_a_bad_request(string body, string? message)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var reply = await braze.PostAsync("/subscription/status/set", body);

        reply.Status.ShouldBe(400);
        if (message is not null)
            reply.Message.ShouldBe(message);
    }

    [Fact]
    public async Task The_status_of_a_user_is_Subscribed_Unsubscribed_or_unknown()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""
            {"external_id":"a","subscription_groups":[{{State("subscribed")}}]},
            {"external_id":"b","subscription_groups":[{{State("unsubscribed")}}]},
            {"external_id":"c"}
            """);

        var reply = await braze.GetAsync(
            $"/subscription/status/get?subscription_group_id={Group}&external_id[]=a&external_id[]=b&external_id[]=c&external_id[]=nobody");

        reply.Status.ShouldBe(200);
        reply.Json.ToJsonString().ShouldBe(
            """{"status":{"a":"Subscribed","b":"Unsubscribed","c":"unknown","nobody":"unknown"},"message":"success"}""");
        (await braze.GetAsync("/subscription/status/get?subscription_group_id=news&external_id=a")).Message
            .ShouldBe("Invalid subscription group ID");
    }

    private static string State(string state, string group = Group) =>
        $$"""{"subscription_group_id":"{{group}}","subscription_state":"{{state}}"}""";

    private static string? State(SimulatedBraze braze, string user, string group = Group) =>
        (string?)braze.User(user)["subscription_groups"]?[group];
}
