using Penstock.Simulators.Braze;

namespace Penstock.Benchmarks.Runs;

/// <summary>The far end: counts objects, keeps nothing, limits nothing.</summary>
internal static class Sink
{
    public const string Key = "sink-key";

    public static async Task<int> RunAsync()
    {
        await using var simulator = await BrazeSimulator.StartAsync(
            new() { Key = Key, Counting = true, KeepRequests = false, Limit = BrazeLimit.Requests(1_000_000) }, CancellationToken.None);
        Console.WriteLine(simulator.Address);
        Console.In.ReadLine(); // until the starter closes the pipe
        return 0;
    }
}
