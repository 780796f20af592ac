using System.Globalization;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class AttributeValueTests
{
    [Theory]
    [InlineData("\"gold\"")]
    [InlineData("7")]
    [InlineData("-2.5")]
    [InlineData("true")]
    [InlineData("\"2026-11-24T12:00:00Z\"")]
    [InlineData("[\"a\",\"b\"]")]
    [InlineData("[]")]
    [InlineData("{\"city\":\"Oslo\"}")]
    public async Task A_custom_attribute_keeps_the_value_that_was_sent(string value)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync($$"""{"external_id":"u","x":{{value}}}""");

        braze.Custom("u", "x").ShouldBe(value);
    }

    [Fact]
    public async Task Null_removes_an_attribute_and_leaves_the_others()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","plan":"gold","tier":1,"first_name":"Ann","address":{"city":"Oslo"}}""");

        await braze.GivenAsync("""{"external_id":"u","plan":null,"first_name":null,"address":null,"never_there":null}""");

        var user = braze.User("u");
        user["custom_attributes"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"tier":1}""");
        user["first_name"].ShouldBeNull();
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public async Task A_string_over_255_characters_is_not_stored_though_the_call_succeeds(int length, bool stored)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var text = string.Concat(Enumerable.Repeat("😀", length));
        await braze.GivenAsync("""{"external_id":"u","note":"before","first_name":"before"}""");

        await braze.GivenAsync($$"""{"external_id":"u","note":"{{text}}","first_name":"{{text}}"}""");

        ((string?)braze.User("u")["custom_attributes"]?["note"]).ShouldBe(stored ? text : "before");
        ((string?)braze.User("u")["first_name"]).ShouldBe(stored ? text : "before");
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public async Task A_custom_name_over_255_characters_is_ignored(int length, bool stored)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var name = new string('n', length);

        await braze.GivenAsync($$"""{"external_id":"u","{{name}}":1}""");

        braze.Custom("u", name).ShouldBe(stored ? "1" : "null");
    }

    [Fact]
    public async Task A_standard_name_in_another_case_becomes_a_custom_attribute()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"external_id":"u","First_Name":"Ann","first_name":"Bea"}""");

        braze.Custom("u", "First_Name").ShouldBe("\"Ann\"");
        ((string?)braze.User("u")["first_name"]).ShouldBe("Bea");
    }

    [Theory]
    [InlineData("country", "\"NO\"", "NO")]
    [InlineData("country", "\"no\"", "NO")]
    [InlineData("country", "\"Australia\"", "AU")]
    [InlineData("country", "\"Atlantis\"", null)]
    [InlineData("gender", "\"F\"", "F")]
    [InlineData("gender", "\"Female\"", "M")]
    [InlineData("language", "\"nb\"", "nb")]
    [InlineData("language", "\"Norwegian\"", "en")]
    [InlineData("dob", "\"1980-12-21\"", "1980-12-21")]
    [InlineData("dob", "\"1980-12-21T00:00:00Z\"", "1970-01-01")]
    [InlineData("dob", "\"1980-02-30\"", "1970-01-01")]
    [InlineData("time_zone", "\"America/Sao_Paulo\"", "America/Sao_Paulo")]
    [InlineData("time_zone", "\"Eastern Time (US & Canada)\"", "Eastern Time (US & Canada)")]
    [InlineData("time_zone", "\"Mars/Olympus\"", "Europe/Oslo")]
    [InlineData("home_city", "5", "Oslo")]
    [InlineData("marked_email_as_spam_at", "\"yesterday\"", "2020-01-01")]
    public async Task A_standard_value_that_does_not_fit_is_ignored_and_an_unknown_country_becomes_null(
        string field, string value, string? expected)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""
            {"external_id":"u","country":"SE","gender":"M","language":"en","dob":"1970-01-01","time_zone":"Europe/Oslo",
             "home_city":"Oslo","marked_email_as_spam_at":"2020-01-01"}
            """);

        await braze.GivenAsync($$"""{"external_id":"u","{{field}}":{{value}}}""");

        ((string?)braze.User("u")[field]).ShouldBe(expected);
    }

    [Fact]
    public async Task Consent_that_is_nulled_returns_to_subscribed()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","email_subscribe":"unsubscribed"}""");

        await braze.GivenAsync("""{"external_id":"u","email_subscribe":null}""");

        ((string?)braze.User("u")["email_subscribe"]).ShouldBe("subscribed");
    }

    [Fact]
    public async Task Null_as_external_id_beside_another_identifier_removes_nothing()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","email":"u@example.com"}""");

        await braze.GivenAsync("""{"external_id":null,"email":"u@example.com","plan":"gold"}""");

        braze.Custom("u", "plan").ShouldBe("\"gold\"");
    }

    [Theory]
    [InlineData("""["hotdog","hotdog","hotdog","pizza"]""", """["hotdog","pizza"]""")]
    [InlineData("""["a","b","a"]""", """["b","a"]""")]
    [InlineData("""{"add":["a"]}""", """["b","c","a"]""")]
    [InlineData("""{"add":["d"],"remove":["a"]}""", """["b","c","d"]""")]
    [InlineData("""{"remove":["x"]}""", """["a","b","c"]""")]
    [InlineData("""["a",null]""", """["a","b","c"]""")]
    [InlineData("""["a",["b"]]""", """["a","b","c"]""")]
    public async Task An_array_is_a_set_in_which_what_is_added_comes_last(string value, string expected)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync("""{"external_id":"u","tags":["a","b","c"]}""");

        await braze.GivenAsync($$"""{"external_id":"u","tags":{{value}}}""");

        braze.Custom("u", "tags").ShouldBe(expected);
    }

    [Fact]
    public async Task Adding_to_an_array_that_is_not_there_makes_it_and_removing_does_not()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.GivenAsync("""{"external_id":"u","tags":{"add":["a"]},"others":{"remove":["a"]}}""");

        braze.Custom("u", "tags").ShouldBe("""["a"]""");
        braze.Custom("u", "others").ShouldBe("null");
    }

    [Fact]
    public async Task Of_more_than_500_elements_the_oldest_drop_off()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var numbers = Enumerable.Range(0, 500).Select(number => number.ToString(CultureInfo.InvariantCulture));
        await braze.GivenAsync($$"""{"external_id":"u","n":[{{string.Join(",", numbers)}}]}""");

        await braze.GivenAsync("""{"external_id":"u","n":{"add":[500,501]}}""");

        var kept = braze.User("u")["custom_attributes"]?["n"].ShouldNotBeNull().AsArray().Select(node => (int?)node).ToList();
        kept.ShouldBe(Enumerable.Range(2, 500).Select(number => (int?)number));
    }

    [Theory]
    [InlineData("5", """{"inc":3}""", "8")]
    [InlineData("5", """{"inc":-7}""", "-2")]
    [InlineData("null", """{"inc":3}""", "3")]
    [InlineData("5", """{"inc":1.5}""", "5")]
    [InlineData("\"five\"", """{"inc":1}""", "\"five\"")]
    public async Task Inc_adds_to_an_integer(string before, string change, string after)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await braze.GivenAsync($$"""{"external_id":"u","visits":{{before}}}""");

        await braze.GivenAsync($$"""{"external_id":"u","visits":{{change}}}""");

        braze.Custom("u", "visits").ShouldBe(after);
    }

    [Fact]
    public async Task A_blocklisted_attribute_is_ignored_and_costs_nothing()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { BlockedAttributes = new HashSet<string> { "secret" } });

        await braze.GivenAsync("""{"external_id":"u","secret":"x"}""");

        braze.Custom("u", "secret").ShouldBe("null");
        braze.Simulator.Stats.DataPoints.ShouldBe(0);
    }
}
