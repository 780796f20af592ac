using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>Counts what became of the records. Written by the acknowledging thread, read by whoever shows progress.</summary>
internal sealed class Tally(long total, Func<DateTimeOffset?> waitingUntil, TimeProvider time)
{
    private const int MostGroups = 50;
    private const int MostKeys = 10;
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WorthMentioning = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Operation, OutcomeKind, string, string), Group> _groups = [];
    private readonly Queue<(long At, long Done)> _samples = new();
    private readonly long[] _records = new long[5];
    private readonly long[] _members = new long[5];
    private long _done;
    private long _calls;
    private long _batches;

    /// <summary>The operation going on.</summary>
    public Operation Operation { get; set; }

    /// <summary>Records that have an outcome, changes of members among them.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>HTTP calls; batches where none were made.</summary>
    public long Calls => Interlocked.Read(ref _calls) is var calls and > 0 ? calls : Interlocked.Read(ref _batches);

    public void CountCall() => Interlocked.Increment(ref _calls);

    /// <summary>Counts an acknowledged batch.</summary>
    public void Add(Step step, Batch batch, Outcomes outcomes, Exchange? exchange)
    {
        lock (_lock)
        {
            var counts = step.Target is null ? _records : _members;
            for (var i = 0; i < outcomes.Count; i++)
            {
                var kind = outcomes[i].Kind;
                counts[(int)kind]++;
                if (kind != OutcomeKind.Delivered)
                    AddReason(step.Operation, batch[i].Key, outcomes[i], exchange);
            }
        }

        Interlocked.Add(ref _done, outcomes.Count);
        Interlocked.Increment(ref _batches);
    }

    public DeliveryProgress Progress()
    {
        lock (_lock)
        {
            var wait = waitingUntil();
            return new(Operation, total, Done, Calls)
            {
                Delivered = _records[(int)OutcomeKind.Delivered],
                Refused = _records[(int)OutcomeKind.Refused],
                Failed = _records[(int)OutcomeKind.Failed],
                Rate = Rate(),
                Waiting = wait - time.GetUtcNow() >= WorthMentioning
                    ? $"rate limit until {TimeZoneInfo.ConvertTime(wait!.Value, time.LocalTimeZone):HH:mm:ss}" // not null: it was compared
                    : null,
            };
        }
    }

    public DeliveryResult Result(bool cancelled, PenstockException? ended)
    {
        lock (_lock)
        {
            return new()
            {
                Delivered = _records[(int)OutcomeKind.Delivered],
                Skipped = _records[(int)OutcomeKind.Skipped],
                Refused = _records[(int)OutcomeKind.Refused],
                Failed = _records[(int)OutcomeKind.Failed],
                Calls = Calls,
                MembersDelivered = _members[(int)OutcomeKind.Delivered],
                MembersNotDelivered =
                    _members[(int)OutcomeKind.Skipped] + _members[(int)OutcomeKind.Refused] + _members[(int)OutcomeKind.Failed],
                Cancelled = cancelled,
                Ended = ended,
                Reasons = [.. _groups.Values.OrderByDescending(group => group.Count).Select(group => group.ToNotDelivered())],
            };
        }
    }

    private void AddReason(Operation operation, string key, Outcome outcome, Exchange? exchange)
    {
        var reason = outcome.Reason ?? new("outcome.no_reason", "The connector gave no reason.");
        if (!_groups.TryGetValue((operation, outcome.Kind, reason.Code, reason.Message), out var group))
        {
            // Messages that name the record are all different: past the limit, those of one code are one group.
            var message = _groups.Count < MostGroups - 5 ? reason.Message : "";
            if (!_groups.TryGetValue((operation, outcome.Kind, reason.Code, message), out group))
            {
                if (_groups.Count >= MostGroups)
                    return;
                group = new(operation, outcome.Kind, reason, exchange);
                _groups.Add((operation, outcome.Kind, reason.Code, message), group);
            }
        }

        group.Add(key);
    }

    private double Rate()
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, Done));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Lately)
            _samples.Dequeue();
        var (at, done) = _samples.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? (Done - done) / seconds : 0;
    }

    private sealed class Group(Operation operation, OutcomeKind kind, Problem reason, Exchange? exchange)
    {
        private readonly List<string> _keys = [];

        public long Count { get; private set; }

        public void Add(string key)
        {
            Count++;
            if (_keys.Count < MostKeys)
                _keys.Add(key);
        }

        public NotDelivered ToNotDelivered() => new(operation, kind, reason, Count, [.. _keys], exchange);
    }
}
