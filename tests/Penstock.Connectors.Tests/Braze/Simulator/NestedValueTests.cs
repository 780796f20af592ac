namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class NestedValueTests
{
    private const string Before = """{"city":"Oslo","geo":{"lat":1,"lon":2}}""";

    [Fact]
    public async Task An_object_replaces_the_stored_one()
    {
        (await AfterAsync(Before, """{"geo":{"lat":5}}""")).ShouldBe("""{"geo":{"lat":5}}""");
    }

    [Fact]
    public async Task With_merge_objects_it_merges_deeply()
    {
        (await AfterAsync(Before, """{"geo":{"lat":5},"zip":"0150"}""", merge: true))
            .ShouldBe("""{"city":"Oslo","geo":{"lat":5,"lon":2},"zip":"0150"}""");
    }

    [Theory]
    [InlineData("""{"city":null}""")]
    [InlineData("""{"geo":{"lat":null}}""")]
    [InlineData("""{"since":{"$time":"last summer"}}""")]
    [InlineData("""{"since":{"$time":"3001-01-01"}}""")]
    [InlineData("""{"the city":"Oslo"}""")]
    [InlineData("""{"a.b":1}""")]
    [InlineData("""{"a$":1}""")]
    [InlineData("""{"list":[1,null]}""")]
    public async Task One_invalid_value_inside_drops_the_whole_update_of_the_attribute(string value)
    {
        (await AfterAsync(Before, value)).ShouldBe(Before);
        (await AfterAsync(Before, value, merge: true)).ShouldBe(Before);
    }

    [Fact]
    public async Task A_date_inside_is_written_as_time()
    {
        (await AfterAsync(Before, """{"since":{"$time":"2020-05-28"}}""")).ShouldBe("""{"since":{"$time":"2020-05-28"}}""");
    }

    [Fact]
    public async Task More_than_100_KB_is_not_stored()
    {
        var items = string.Join(",", Enumerable.Range(0, 600).Select(i => $$"""{"id":{{i}},"text":"{{new string('x', 200)}}"}"""));

        (await AfterAsync(Before, $"[{items}]")).ShouldBe(Before);
    }

    [Fact]
    public async Task Objects_are_added_then_removed_then_updated_whatever_their_order()
    {
        (await AfterAsync(
            """[{"id":1,"name":"Gus"},{"id":2,"name":"Gerald"}]""",
            """
            {"$update":[{"$identifier_key":"id","$identifier_value":2,"$new_object":{"age":7}}],
             "$remove":[{"$identifier_key":"id","$identifier_value":1}],
             "$add":[{"id":1,"name":"New"},{"id":3,"name":"Doug"}]}
            """,
            merge: true)).ShouldBe("""[{"id":2,"name":"Gerald","age":7},{"id":3,"name":"Doug"}]""");
    }

    [Fact]
    public async Task Updating_an_object_without_merge_objects_overwrites_it()
    {
        (await AfterAsync(
            """[{"id":2,"name":"Gerald"}]""",
            """{"$update":[{"$identifier_key":"id","$identifier_value":2,"$new_object":{"age":7}}]}""")).ShouldBe("""[{"age":7}]""");
    }

    private static async Task<string> AfterAsync(string before, string change, bool merge = false)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""{"external_id":"u","x":{{before}}}""");
        await braze.GivenAsync($$"""{"external_id":"u","_merge_objects":{{(merge ? "true" : "false")}},"x":{{change}}}""");
        return braze.Custom("u", "x");
    }
}
