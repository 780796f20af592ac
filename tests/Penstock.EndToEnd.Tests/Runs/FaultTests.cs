using Penstock.Engine.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>What a far end can do to a run for a while, and that all is well after it.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Faults => [.. All.Keys];

    private static Dictionary<string, BrazeFault> All { get; } = new()
    {
        ["429 as an epoch"] = new() { Status = 429, Headers = Headers(("x-ratelimit-retry-after", ""), ("x-ratelimit-reset", "0")) },
        ["429 in seconds"] = new() { Status = 429, Headers = Headers(("x-ratelimit-retry-after", "1"), ("x-ratelimit-reset", "")) },
        ["500"] = new() { Status = 500, Body = """{"message":"internal"}""" },
        ["502 with HTML"] = new() { Status = 502, Body = "<html>Bad gateway</html>" },
        ["reset"] = new() { Kind = BrazeFaultKind.Reset },
        ["reset after applying"] = new() { Kind = BrazeFaultKind.ResetAfterApply },
        ["half a body"] = new() { Kind = BrazeFaultKind.Truncate },
        ["garbage"] = new() { Kind = BrazeFaultKind.Garbage },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_for_a_few_requests_is_waited_out_in_the_same_run(string fault)
    {
        await using var shop = await Shop.OpenAsync();
        for (var id = 1; id <= 200; id++)
            shop.User(id, $"u{id}@example.com");
        shop.Braze.AddFault(All[fault] with { Match = "/users/track", Times = 3 });

        var result = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Succeeded, result.Problem?.ToString());
        result.Destinations[0].Delivered.ShouldBe(200);
        shop.Braze.Profiles().Select(profile => profile["email"]!.GetValue<string>()).Distinct().Count().ShouldBe(200);
        shop.Braze.Races.ShouldBeEmpty();
        (await shop.RunAsync()).Destinations[0].Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_far_end_that_stays_away_ends_the_run_and_the_next_one_goes_on()
    {
        await using var shop = await Shop.OpenAsync();
        for (var id = 1; id <= 200; id++)
            shop.User(id, $"u{id}@example.com");
        shop.Braze.AddFault(new() { Match = "/users/track", Times = -1, Status = 503 });

        var failed = await shop.RunAsync();
        shop.Braze.ClearFaults();
        var result = await shop.RunAsync();

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Fault.ShouldNotBeNull();
        failed.Destinations[0].Failed.ShouldBe(200);
        result.Destinations[0].Delivered.ShouldBe(200);
        result.Status.ShouldBe(RunStatus.Succeeded);
    }

    private static Dictionary<string, string> Headers(params IEnumerable<(string Name, string Value)> headers) =>
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
}
