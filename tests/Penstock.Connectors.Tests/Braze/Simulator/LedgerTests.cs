namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class LedgerTests
{
    [Theory]
    [InlineData("\"plan\":\"gold\"", 1)]
    [InlineData("\"plan\":null", 1)]
    [InlineData("\"first_name\":\"Ann\",\"country\":\"NO\",\"language\":\"nb\"", 3)]
    [InlineData("\"email_subscribe\":\"opted_in\",\"push_subscribe\":\"opted_in\",\"_merge_objects\":true", 0)]
    [InlineData("\"tags\":[\"a\",\"b\",\"c\"]", 1)]
    [InlineData("\"tags\":{\"add\":[\"a\",\"b\"]}", 1)]
    [InlineData("\"visits\":{\"inc\":2}", 1)]
    [InlineData("\"address\":{\"city\":\"Oslo\",\"zip\":\"0150\",\"geo\":{\"lat\":1,\"lon\":2}}", 4)]
    [InlineData("\"pets\":[{\"id\":1,\"name\":\"Gus\"},{\"id\":2}]", 3)]
    public async Task Every_billable_field_that_is_sent_counts_changed_or_not(string fields, int points)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync($$"""{"external_id":"u",{{fields}}}""");
        await braze.GivenAsync($$"""{"external_id":"u",{{fields}}}""");

        braze.Simulator.Stats.DataPoints.ShouldBe(2 * points);
    }

    [Fact]
    public async Task A_test_can_see_which_fields_a_user_was_sent()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","plan":"gold","tier":1},{"external_id":"v","plan":"gold"}""");

        await braze.GivenAsync("""{"external_id":"u","plan":"silver"}""");

        braze.Simulator.DataPoints("u").ShouldBe(new Dictionary<string, long> { ["plan"] = 2, ["tier"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_refused_or_does_not_exist_costs_nothing_nor_does_deleting()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.AttributesAsync("""
            {"external_id":"u","plan":"gold","email":"bad"},
            {"external_id":"v","plan":"gold","_update_existing_only":true}
            """);
        await braze.PostAsync("/users/delete", """{"external_ids":["u"]}""");

        braze.Simulator.Stats.DataPoints.ShouldBe(0);
    }
}
