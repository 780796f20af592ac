using CsCheck;
using Penstock.Contract;

namespace Penstock.Engine.Tests.Delivering;

/// <summary>Whatever the far end does, each record gets one outcome, and what it took is what is acknowledged.</summary>
public sealed class DeliveryProperties
{
    private enum Fault
    {
        None,
        RefuseAll,
        Limited,
        Unavailable,
        BadGateway,
        Broken,
        BrokenAfterTaking,
        Garbage,
    }

    private static readonly Gen<(int Records, int Batch, int Lanes, int? Rate, int Badness, int Seed)> Cases = Gen.Select(
        Gen.Int[0, 400], Gen.Int[1, 30], Gen.Int[1, 20], Gen.Int[1, 50].Nullable(), Gen.Int[0, 60], Gen.Int);

    private static readonly Gen<((int, int, int, int?, int, int), double)> CancelledCases = Gen.Select(Cases, Gen.Double[0, 40]);

    [Fact]
    public void Every_record_is_acknowledged_exactly_once_and_the_counts_add_up() => Cases.Sample(
        (records, batch, lanes, rate, badness, seed) =>
        {
            var far = new Unreliable(batch, lanes, rate, badness, seed);

            var result = far.Bench.With(Operation.Write, records).Run(); // which checks crossed keys and the sum of the counts

            result.Ended.ShouldBeNull();
            far.Bench.Acknowledged.Count.ShouldBe(records); // a dictionary, filled by Add: none twice
            far.Bench.Keys(OutcomeKind.Delivered).ShouldAllBe(key => far.Taken.Contains(key));
            far.Bench.Keys(OutcomeKind.Refused).ShouldAllBe(key => far.IsBad(key));
            far.MostInAnyWindow.ShouldBeLessThanOrEqualTo(rate ?? int.MaxValue);
            far.Bench.Vendor.MostInFlight.ShouldBeLessThanOrEqualTo(lanes);
        },
        iter: 150);

    [Fact]
    public void Cancelled_at_any_moment_nothing_acknowledged_is_wrong_and_the_rest_is_untouched() => CancelledCases.Sample(
        (@case, seconds) =>
        {
            var (records, batch, lanes, rate, badness, seed) = @case;
            var far = new Unreliable(batch, lanes, rate, badness, seed);
            far.Bench.Simulation.At(TimeSpan.FromSeconds(seconds), far.Bench.Cancel.Cancel);

            var result = far.Bench.With(Operation.Write, records).Run();

            (result.Cancelled || far.Bench.Acknowledged.Count == records).ShouldBeTrue();
            far.Bench.Keys(OutcomeKind.Delivered).ShouldAllBe(key => far.Taken.Contains(key));
            if (result.Cancelled)
                far.Bench.Simulation.Now.TotalSeconds.ShouldBeLessThanOrEqualTo(seconds + 30);
        },
        iter: 150);

    [Fact]
    public void After_enough_runs_the_far_end_has_every_good_record() => Cases.Sample(
        (records, batch, lanes, rate, badness, seed) =>
        {
            var delivered = new HashSet<string>();
            var refused = new HashSet<string>();
            var remaining = Enumerable.Range(0, records).Select(i => $"k{i}").ToList();
            for (var run = 0; run < 60 && remaining.Count > 0; run++)
            {
                var far = new Unreliable(batch, lanes, rate, badness, seed + run);
                far.Bench.Options = far.Bench.Options with { Tries = 2, UnavailableInARow = 2 };
                far.Bench.Writing([.. remaining]).Run();
                delivered.UnionWith(far.Bench.Keys(OutcomeKind.Delivered));
                refused.UnionWith(far.Bench.Keys(OutcomeKind.Refused));
                remaining.RemoveAll(key => delivered.Contains(key) || refused.Contains(key));
            }

            remaining.ShouldBeEmpty();
            refused.ShouldAllBe(key => Unreliable.IsBadKey(key, badness));
            delivered.Count.ShouldBe(records - refused.Count);
        },
        iter: 60);

    /// <summary>A far end that fails in every way known, by chance.</summary>
    private sealed class Unreliable
    {
        private readonly Random _random;
        private readonly int _badness;
        private readonly TimeSpan _per = TimeSpan.FromSeconds(2);

        public Unreliable(int batch, int lanes, int? rate, int badness, int seed)
        {
            _random = new(seed);
            _badness = badness;
            Bench = new() { Limits = new() { Records = batch, Concurrency = lanes, Requests = rate, Per = _per } };
            Bench.Options = Bench.Options with { Random = _random.NextDouble, UnavailableInARow = int.MaxValue };
            Bench.Vendor.Delay = () => TimeSpan.FromMilliseconds(_random.Next(200));
            Bench.Vendor.Answers = Answer;
        }

        public DeliveryBench Bench { get; }

        public HashSet<string> Taken { get; } = [];

        public int MostInAnyWindow
        {
            get
            {
                var times = Bench.Vendor.Requests.Select(request => request.At).ToList();
                return times.Select((at, i) => times.Skip(i).TakeWhile(later => later - at < _per).Count()).DefaultIfEmpty().Max();
            }
        }

        public static bool IsBadKey(string key, int badness) => badness > 0 && key.EndsWith('7');

        public bool IsBad(string key) => IsBadKey(key, _badness);

        private HttpResponseMessage Answer(Received request)
        {
            var fault = _random.Next(100) < _badness ? (Fault)_random.Next(Enum.GetValues<Fault>().Length) : Fault.None;
            switch (fault)
            {
                case Fault.Limited:
                    return FakeVendor.Json(429, "{}", ("X-RateLimit-Retry-After", _random.Next(4).ToString()));
                case Fault.Unavailable:
                    return FakeVendor.Json(503, "{}");
                case Fault.BadGateway:
                    return FakeVendor.Html(502);
                case Fault.Broken:
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
                case Fault.BrokenAfterTaking:
                    Take(request);
                    throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset");
                case Fault.Garbage:
                    Take(request);
                    return FakeVendor.Json(200, "\u0001\u0002");
                case Fault.RefuseAll when request.Keys.Any(IsBad):
                    return FakeVendor.Json(400, """{"message":"one of them is bad"}""");
                default:
                    return Take(request);
            }
        }

        private HttpResponseMessage Take(Received request)
        {
            var bad = request.Keys.Select((key, i) => (key, i)).Where(pair => IsBad(pair.key)).Select(pair => pair.i).ToList();
            Taken.UnionWith(request.Keys.Where(key => !IsBad(key)));
            return FakeVendor.Json(bad.Count == request.Keys.Count ? 400 : 200, $$"""{"refused":[{{string.Join(',', bad)}}]}""");
        }
    }
}
