using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

// The clock stands at 12:00:01 UTC on 24 November 2026, epoch second 1795521601: windows end at :03 and on the full hour.
public sealed class LimitTests
{
    private const long Noon = 1_795_521_600;
    private const string One = """{"external_id":"u1","plan":"gold"}""";

    [Fact]
    public async Task The_classic_headers_count_down_in_a_window_that_ends_on_a_multiple_of_three_seconds()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        await braze.AttributesAsync(One);
        var reply = await braze.AttributesAsync(One);

        reply.Header("x-ratelimit-limit").ShouldBe("3000");
        reply.Header("x-ratelimit-remaining").ShouldBe("2998");
        reply.Header("x-ratelimit-reset").ShouldBe($"{Noon + 3}");
    }

    [Fact]
    public async Task Over_the_classic_limit_the_three_headers_say_when_to_come_back()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Requests(2) });
        await braze.AttributesAsync(One);
        await braze.AttributesAsync(One);

        var reply = await braze.AttributesAsync("""{"external_id":"late"}""");

        reply.Status.ShouldBe(429);
        reply.Header("x-ratelimit-remaining").ShouldBe("0");
        reply.Header("x-ratelimit-reset").ShouldBe($"{Noon + 3}");
        reply.Header("x-ratelimit-retry-after").ShouldBe("(absent)");
        braze.Simulator.Profile("late").ShouldBeNull();
        braze.Simulator.Stats.OverLimit.ShouldBe(1);
    }

    [Fact]
    public async Task The_whole_quota_comes_back_when_the_window_ends_and_not_before()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Requests(1) });
        await braze.AttributesAsync(One);

        braze.Time.Advance(TimeSpan.FromSeconds(1.9));
        (await braze.AttributesAsync(One)).Status.ShouldBe(429);
        braze.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await braze.AttributesAsync(One)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task On_MAU_contracts_the_headers_describe_the_hour_in_seconds_left()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Contract(perHour: 100, perBurst: 10) });

        var reply = await braze.AttributesAsync(One);

        reply.Header("x-ratelimit-limit").ShouldBe("100");
        reply.Header("x-ratelimit-remaining").ShouldBe("99");
        reply.Header("x-ratelimit-reset").ShouldBe("3599");
    }

    [Fact]
    public async Task On_MAU_contracts_a_used_up_burst_leaves_only_the_seconds_to_wait()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Contract(perHour: 100, perBurst: 1) });
        await braze.AttributesAsync(One);

        var reply = await braze.AttributesAsync(One);

        reply.Status.ShouldBe(429);
        reply.Header("x-ratelimit-retry-after").ShouldBe("2");
        reply.Header("x-ratelimit-limit").ShouldBe("(absent)");
        reply.Header("x-ratelimit-remaining").ShouldBe("(absent)");
        reply.Header("x-ratelimit-reset").ShouldBe("(absent)");
        braze.Time.Advance(TimeSpan.FromSeconds(2));
        (await braze.AttributesAsync(One)).Header("x-ratelimit-remaining").ShouldBe("98");
    }

    [Fact]
    public async Task On_MAU_contracts_a_used_up_hour_says_how_long_it_lasts()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Contract(perHour: 1, perBurst: 10) });
        await braze.AttributesAsync(One);

        (await braze.AttributesAsync(One)).Header("x-ratelimit-retry-after").ShouldBe("3599");
    }

    [Fact]
    public async Task Delete_and_merge_share_the_limit_of_the_minute()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        var delete = await braze.PostAsync("/users/delete", """{"external_ids":["a"]}""");
        var identify = await braze.PostAsync(
            "/users/merge",
            """{"merge_updates":[{"identifier_to_merge":{"external_id":"a"},"identifier_to_keep":{"external_id":"b"}}]}""");

        delete.Header("x-ratelimit-limit").ShouldBe("20000");
        delete.Header("x-ratelimit-reset").ShouldBe($"{Noon + 60}");
        identify.Header("x-ratelimit-remaining").ShouldBe("19998");
    }

    [Theory]
    [InlineData("""{"external_ids":["a"],"fields_to_export":["email"]}""", "40")]
    [InlineData("""{"external_ids":["a"],"fields_to_export":["email","campaigns_received"]}""", "250")]
    public async Task Exports_that_name_few_fields_are_limited_less(string body, string limit)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.PostAsync("/users/export/ids", body)).Header("x-ratelimit-limit").ShouldBe(limit);
    }

    [Fact]
    public void Limits_are_read_from_the_command_line()
    {
        BrazeLimit.Parse("default").PerBurst.ShouldBe(3_000);
        BrazeLimit.Parse("mau").PerHour.ShouldNotBeNull();
        BrazeLimit.Parse("7").ShouldBe(BrazeLimit.Requests(7));
        Should.Throw<ArgumentException>(() => BrazeLimit.Parse("fast")).Message.ShouldContain("default, mau");
        Should.Throw<ArgumentException>(() => BrazeLimit.Parse("0"));
    }
}
