namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class DeleteTests
{
    [Fact]
    public async Task The_answer_counts_the_ids_that_were_sent()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"a"},{"external_id":"b"},{"external_id":"c"}""");

        var reply = await braze.PostAsync("/users/delete", """{"external_ids":["a","b","unknown"]}""");

        reply.Status.ShouldBe(201);
        reply.Json.ToJsonString().ShouldBe("""{"deleted":3,"message":"success"}""");
        braze.Simulator.Profiles().Select(user => (string?)user["external_id"]).ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_deleted_user_that_is_sent_again_starts_afresh()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"a","plan":"gold","email":"a@example.com"}""");
        await braze.PostAsync("/users/delete", """{"external_ids":["a"]}""");

        await braze.GivenAsync("""{"external_id":"a","tier":1}""");

        braze.User("a")["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"tier":1}""");
        braze.User("a")["email"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"external_ids":["a"],"braze_ids":["b"]}""")]
    [InlineData("""{"external_ids":[]}""")]
    [InlineData("""{"external_ids":"a"}""")]
    [InlineData("""{"external_ids":[1]}""")]
    [InlineData("""{"email_addresses":[{"email":"a@example.com"}]}""")]
    [InlineData("{}")]
    public async Task Ids_of_two_kinds_or_none_are_a_bad_request_that_deletes_nobody(string body)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"a","email":"a@example.com"}""");

        (await braze.PostAsync("/users/delete", body)).Status.ShouldBe(400);
        braze.Simulator.Profile("a").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_deprecated_id_deletes_the_whole_profile()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"old"}""");
        await braze.PostAsync(
            "/users/external_ids/rename", """{"external_id_renames":[{"current_external_id":"old","new_external_id":"new"}]}""");

        await braze.PostAsync("/users/delete", """{"external_ids":["old"]}""");

        braze.Simulator.Stats.Users.ShouldBe(0);
        braze.Simulator.Profile("new").ShouldBeNull();
    }

    [Fact]
    public async Task By_address_nobody_is_deleted_while_several_match()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"a","email":"x@example.com"},{"external_id":"b","email":"x@example.com"}""");

        await braze.PostAsync("/users/delete", """{"email_addresses":[{"email":"x@example.com","prioritization":["identified"]}]}""");
        braze.Simulator.Stats.Users.ShouldBe(2);
        await braze.PostAsync(
            "/users/delete", """{"email_addresses":[{"email":"x@example.com","prioritization":["identified","most_recently_updated"]}]}""");

        braze.Simulator.Profiles().Select(user => (string?)user["external_id"]).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_write_and_a_delete_show_only_after_the_delay_and_in_their_order()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { WriteDelay = TimeSpan.FromSeconds(5) });
        await braze.GivenAsync("""{"external_id":"a","plan":"gold"}""");

        braze.Time.Advance(TimeSpan.FromSeconds(4.9));
        braze.Simulator.Profile("a").ShouldBeNull();
        await braze.PostAsync("/users/delete", """{"external_ids":["a"]}""");
        braze.Time.Advance(TimeSpan.FromSeconds(0.1));
        braze.Custom("a", "plan").ShouldBe("\"gold\"");
        braze.Time.Advance(TimeSpan.FromSeconds(4.9));
        braze.Simulator.Profile("a").ShouldBeNull();
    }
}
