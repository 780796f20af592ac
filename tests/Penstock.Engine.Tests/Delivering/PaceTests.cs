using Penstock.Contract;
using Penstock.Engine.Delivering;

namespace Penstock.Engine.Tests.Delivering;

public sealed class PaceTests
{
    private readonly DeliveryBench _bench = new() { Limits = new() { Records = 1, Concurrency = 64 } };

    [Fact]
    public void A_declared_limit_is_kept_in_every_window()
    {
        _bench.Limits = new() { Records = 1, Concurrency = 64, Requests = 30, Per = TimeSpan.FromSeconds(3) };

        _bench.With(Operation.Write, 300).Run();

        MostInAnyWindow(TimeSpan.FromSeconds(3)).ShouldBe(30);
        _bench.Simulation.Now.TotalSeconds.ShouldBe(27, 0.5); // and is used whole
    }

    [Fact]
    public void A_large_declared_limit_is_kept_too()
    {
        _bench.Limits = new() { Records = 1, Concurrency = 64, Requests = 4_500, Per = TimeSpan.FromHours(1) };

        _bench.With(Operation.Write, 5_000).Run();

        MostInAnyWindow(TimeSpan.FromHours(1)).ShouldBeInRange(4_400, 4_500);
    }

    [Fact]
    public void Operations_of_one_pool_share_its_limit()
    {
        _bench.Connector = new ListsConnector();
        _bench.Limits = new() { Records = 1, Concurrency = 64, Requests = 30, Per = TimeSpan.FromSeconds(3), Pool = "all" };

        _bench.With(Operation.Write, 50).With(Operation.Remove, 50, from: 100).Run();

        MostInAnyWindow(TimeSpan.FromSeconds(3)).ShouldBeLessThanOrEqualTo(30);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_vendors_headers_hold_requests_back_before_it_says_429(bool asEpoch)
    {
        var vendor = new FixedWindow(_bench, limit: 100, window: TimeSpan.FromSeconds(3), asEpoch);

        var result = _bench.With(Operation.Write, 1_000).Run();

        result.Delivered.ShouldBe(1_000);
        vendor.Refusals.ShouldBe(0);
        vendor.MostInAWindow.ShouldBeInRange(60, 82); // about 80 of 100: the rest is for others
    }

    [Fact]
    public void The_whole_of_a_learned_limit_can_be_used_but_its_last_five_percent()
    {
        var vendor = new FixedWindow(_bench, limit: 100, window: TimeSpan.FromSeconds(3), asEpoch: false);
        _bench.Options = _bench.Options with { Share = 1 };

        _bench.With(Operation.Write, 1_000).Run();

        vendor.MostInAWindow.ShouldBeInRange(75, 96);
        vendor.Refusals.ShouldBe(0);
    }

    [Fact]
    public void Empty_headers_change_nothing()
    {
        _bench.Vendor.Answers = _ => FakeVendor.Json(
            200, "{}", ("X-RateLimit-Limit", ""), ("X-RateLimit-Remaining", ""), ("X-RateLimit-Reset", ""));

        _bench.With(Operation.Write, 200).Run().Delivered.ShouldBe(200);

        _bench.Simulation.Now.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_429_holds_back_every_lane()
    {
        _bench.Vendor.Answers = request => request.Keys.Contains("k20") && _bench.Vendor.Requests.Count < 60
            ? FakeVendor.Json(429, "{}", ("Retry-After", "30"))
            : null;

        _bench.With(Operation.Write, 500).Run().Delivered.ShouldBe(500);

        var refusedAt = _bench.Vendor.Requests.First(request => request.Keys.Contains("k20")).At + TimeSpan.FromMilliseconds(50);
        _bench.Vendor.Requests.ShouldNotContain(request => request.At > refusedAt && request.At < refusedAt + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_storm_of_429s_delays_but_loses_nothing()
    {
        var random = new Random(7);
        _bench.Vendor.Answers = _ =>
            random.Next(3) == 0 ? null : FakeVendor.Json(429, "slow down", ("Retry-After", random.Next(3).ToString()));

        var result = _bench.With(Operation.Write, 200).Run();

        (result.Delivered, result.Failed).ShouldBe((200, 0));
    }

    [Fact]
    public void Requests_in_flight_grow_while_all_is_well()
    {
        _bench.With(Operation.Write, 2_000).Run();

        _bench.Vendor.Requests.TakeWhile(request => request.At == TimeSpan.Zero).Count().ShouldBe(8);
        _bench.Vendor.MostInFlight.ShouldBe(64);
    }

    [Fact]
    public void Requests_in_flight_never_exceed_the_declared_number()
    {
        _bench.Limits = new() { Records = 1, Concurrency = 5 };

        _bench.With(Operation.Write, 500).Run();

        _bench.Vendor.MostInFlight.ShouldBe(5);
    }

    [Fact]
    public void Trouble_makes_requests_in_flight_fewer()
    {
        var trouble = (From: 300, To: 600);
        var inFlightAfter = new List<int>();
        _bench.Vendor.Answers = _ =>
        {
            var count = _bench.Vendor.Requests.Count;
            if (count > trouble.To && count < trouble.To + 100)
                inFlightAfter.Add(_bench.Vendor.NowInFlight);
            return count > trouble.From && count < trouble.To ? FakeVendor.Html(503) : null;
        };
        _bench.Options = _bench.Options with { UnavailableInARow = 1_000 };

        _bench.With(Operation.Write, 2_000).Run();

        inFlightAfter.Average().ShouldBeLessThan(20);
    }

    [Fact]
    public void Progress_tells_what_is_waited_for()
    {
        var waits = new List<string>();
        _bench.Progress = new Progress(progress => waits.Add(progress.Waiting ?? ""));
        _bench.Vendor.Answers = _ => _bench.Vendor.Requests.Count == 1 ? FakeVendor.Json(429, "{}", ("Retry-After", "60")) : null;

        _bench.With(Operation.Write, 1).Run();

        waits[10].ShouldBe("rate limit until 12:01:00");
        waits[^1].ShouldBe("");
    }

    private int MostInAnyWindow(TimeSpan window)
    {
        var times = _bench.Vendor.Requests.Select(request => request.At).ToList();
        var (most, from) = (0, 0);
        for (var to = 0; to < times.Count; to++)
        {
            while (times[to] - times[from] >= window)
                from++;
            most = Math.Max(most, to - from + 1);
        }

        return most;
    }

    private sealed class Progress(Action<DeliveryProgress> report) : IProgress<DeliveryProgress>
    {
        public void Report(DeliveryProgress value) => report(value);
    }

    /// <summary>Counts in fixed windows aligned to the clock, as Braze does (reference 1.3), and tells so in headers.</summary>
    private sealed class FixedWindow
    {
        private readonly Dictionary<long, int> _taken = [];

        public FixedWindow(DeliveryBench bench, int limit, TimeSpan window, bool asEpoch) => bench.Vendor.Answers = _ =>
        {
            var now = bench.Simulation.GetUtcNow();
            var number = now.Ticks / window.Ticks;
            var reset = new DateTimeOffset((number + 1) * window.Ticks, TimeSpan.Zero);
            var taken = _taken[number] = _taken.GetValueOrDefault(number) + 1;
            if (taken > limit)
            {
                Refusals++;
                return FakeVendor.Json(429, "{}", ("X-RateLimit-Retry-After", Math.Ceiling((reset - now).TotalSeconds).ToString()));
            }

            var seconds = asEpoch ? reset.ToUnixTimeSeconds() : Math.Ceiling((reset - now).TotalSeconds);
            return FakeVendor.Json(
                201,
                "{}",
                ("X-RateLimit-Limit", limit.ToString()),
                ("X-RateLimit-Remaining", (limit - taken).ToString()),
                ("X-RateLimit-Reset", seconds.ToString()));
        };

        public int Refusals { get; private set; }

        public int MostInAWindow => _taken.Values.Max();
    }
}
