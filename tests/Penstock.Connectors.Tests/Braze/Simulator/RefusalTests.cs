namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"external_id":"u","email":"no-at.example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a b@example.com"}""")]
    [InlineData("""{"external_id":"u","email":" a@example.com"}""")]
    [InlineData("""{"external_id":"u","email":".a@example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a.@example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a@example"}""")]
    [InlineData("""{"external_id":"u","email":"a@-example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a@example..com"}""")]
    [InlineData("""{"external_id":"u","email":"a@10.0.0.1"}""")]
    [InlineData("""{"external_id":"u","email":"a@bücher.de"}""")]
    [InlineData("""{"external_id":"u","email":"\"a\"@example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a@b@example.com"}""")]
    [InlineData("""{"external_id":"u","email":"a@gmail.com"}""")]
    [InlineData("""{"external_id":"u","email":"a..b@outlook.com"}""")]
    [InlineData("""{"external_id":"u","email":""}""")]
    [InlineData("""{"external_id":"u","email":5}""")]
    [InlineData("""{"external_id":"u","email_subscribe":"yes"}""")]
    [InlineData("""{"external_id":"u","email_subscribe":true}""")]
    [InlineData("""{"external_id":"u","push_subscribe":"Subscribed"}""")]
    [InlineData("""{"external_id":"u","current_location":"Oslo"}""")]
    [InlineData("""{"external_id":"u","current_location":{"longitude":1}}""")]
    [InlineData("""{"external_id":"u","current_location":{"longitude":1,"latitude":"2"}}""")]
    [InlineData("""{"external_id":"u","current_location":{"longitude":1,"latitude":91}}""")]
    [InlineData("""{"external_id":"u","subscription_groups":{}}""")]
    [InlineData("""{"external_id":"u","subscription_groups":["x"]}""")]
    [InlineData("""{"external_id":"u","subscription_groups":[{"subscription_group_id":"3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11"}]}""")]
    [InlineData("""{"external_id":"u","subscription_groups":[{"subscription_group_id":"news","subscription_state":"subscribed"}]}""")]
    [InlineData("""
        {"external_id":"u",
         "subscription_groups":[{"subscription_group_id":"3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11","subscription_state":"in"}]}
        """)]
    [InlineData("""{"external_id":"u","push_tokens":"t"}""")]
    [InlineData("""{"external_id":"u","push_tokens":["t"]}""")]
    [InlineData("""{"external_id":"u","push_tokens":[{"token":"t"}]}""")]
    [InlineData("""{"external_id":"u","push_tokens":[{"app_id":"a","token":1}]}""")]
    [InlineData("""{"external_id":"u","push_tokens":[{"app_id":"a","token":"t","device_id":"short"}]}""")]
    [InlineData("""{"external_id":"u","push_token_import":true,"push_tokens":[{"app_id":"a","token":"t"}]}""")]
    [InlineData("""{"push_token_import":true}""")]
    [InlineData("""{"external_id":"u","email_subscription_info":{}}""")]
    [InlineData("""{"external_id":"u","phone":4791234567}""")]
    [InlineData("""{"external_id":{"id":1}}""")]
    [InlineData("""{"external_id":true}""")]
    [InlineData("""{"external_id":""}""")]
    [InlineData("""{"external_id":null}""")]
    [InlineData("""{"user_alias":{"alias_name":"a"}}""")]
    [InlineData("""{"user_alias":"a"}""")]
    [InlineData("""{"external_id":"u","user_alias":{"alias_name":"a","alias_label":"l"}}""")]
    [InlineData("\"u\"")]
    [InlineData("null")]
    public async Task An_object_with_one_bad_value_is_refused_as_a_whole(string json)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.ReasonAsync(json)).ShouldNotBeNull();
        braze.Simulator.Stats.Users.ShouldBe(0);
    }

    [Theory]
    [InlineData("a@example.com")]
    [InlineData("A.b+c@Example.co.uk")]
    [InlineData("o'hara_%-x@example.com")]
    [InlineData("jörg@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("ab@gmail.com")]
    [InlineData("a.b+x..y@outlook.com")]
    [InlineData("a@xn--bcher-kva.de")]
    public async Task An_address_that_Braze_takes_is_taken(string email)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync($$"""{"external_id":"u","email":"{{email}}"}""");

        ((string?)braze.User("u")["email"]).ShouldBe(email);
    }

    [Fact]
    public async Task An_external_id_has_at_most_987_bytes()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.ReasonAsync($$"""{"external_id":"{{new string('x', 987)}}"}""")).ShouldBeNull();
        (await braze.ReasonAsync($$"""{"external_id":"{{new string('x', 986)}}é"}""")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_number_as_external_id_comes_back_as_a_string()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"external_id":42}""");

        ((string?)braze.User("42")["external_id"]).ShouldBe("42");
    }

    [Fact]
    public async Task External_ids_are_matched_exactly()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"external_id":"Ann"},{"external_id":"ann"},{"external_id":"ann "}""");

        braze.Simulator.Stats.Users.ShouldBe(3);
    }

    [Fact]
    public async Task A_blocked_external_id_is_refused_in_the_words_of_Braze()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { BlockedExternalIds = new HashSet<string> { "dummy" } });

        (await braze.ReasonAsync("""{"external_id":"dummy"}""")).ShouldBe("provided external_id is blacklisted and disallowed");
    }

    [Fact]
    public async Task A_subscription_group_is_refused_when_the_known_ones_are_others()
    {
        await using var braze = await SimulatedBraze.StartAsync(
            new() { SubscriptionGroups = new HashSet<string> { SimulatedBraze.Group } });

        (await braze.ReasonAsync(Membership(SimulatedBraze.Group))).ShouldBeNull();
        (await braze.ReasonAsync(Membership(SimulatedBraze.OtherGroup))).ShouldNotBeNull();
    }

    private static string Membership(string group) =>
        $$"""{"external_id":"u","subscription_groups":[{"subscription_group_id":"{{group}}","subscription_state":"subscribed"}]}""";
}
