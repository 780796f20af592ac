using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>How a request went, for the number in flight.</summary>
internal enum Health
{
    /// <summary>Answered: more may go at once.</summary>
    Well,

    /// <summary>429, 5xx, broken or hung: fewer may.</summary>
    Ill,

    /// <summary>Says nothing, such as a request that was abandoned.</summary>
    Unknown,
}

/// <summary>
/// Lets the requests of one pool go: in order, no more in flight than is healthy, no more in a window than declared, and none while the
/// vendor's headers say that the limit is used up. All times are spans since the pace began, by a clock that nobody sets.
/// </summary>
internal sealed class Pace : IDisposable
{
    // How much of a learned limit is always left: answers arrive late, and other programs send too.
    private const double NeverUsed = 0.05;
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MostJitter = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _waiting = new();
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer _timer;
    private readonly Limits _limits;
    private readonly SendLog? _declared;
    private readonly Concurrency _concurrency;

    private int _inFlight;
    private TimeSpan _blockedUntil;
    private long? _limit;
    private long? _left;
    private TimeSpan _windowEnds;
    private long? _shortLimit;
    private TimeSpan _shortLimitAt;

    public Pace(Limits limits, DeliveryOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _began = time.GetTimestamp();
        _limits = limits;
        _declared = SendLog.Of(limits);
        _concurrency = new(options.StartConcurrency, limits.Concurrency);
        _timer = time.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests that may be in flight now.</summary>
    public int Allowed
    {
        get
        {
            lock (_lock)
                return _concurrency.Allowed;
        }
    }

    /// <summary>Until when requests wait for the rate limit; null when none does.</summary>
    public DateTimeOffset? WaitingUntil
    {
        get
        {
            lock (_lock)
            {
                var wait = NextAt(Now) - Now;
                return _waiting.Count > 0 && wait > TimeSpan.Zero ? _time.GetUtcNow() + wait : null;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_began);

    /// <summary>Waits until a request may go. The permit must be disposed of when it is over.</summary>
    public ValueTask<Permit> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var now = Now;
            if (_waiting.Count == 0 && _inFlight < _concurrency.Allowed && NextAt(now) <= now)
                return ValueTask.FromResult(Take(now));
            var waiter = new Waiter(cancellationToken);
            _waiting.Enqueue(waiter);
            Release();
            return new(waiter.Task);
        }
    }

    /// <summary>Takes note of what an answer's headers told.</summary>
    public void Learn(RateLimit told)
    {
        LearnShort(told);
        if (told is not { Remaining: { } remaining, Reset: { } reset } || reset <= TimeSpan.Zero || reset > TimeSpan.FromDays(1))
            return;
        lock (_lock)
        {
            var ends = Now + reset;
            if (_left is not null && ends < _windowEnds - SameWindow)
                return; // a late answer of a window before
            // Requests in flight may not be counted yet; the answered one is among them until its permit is disposed of.
            var left = Math.Max(0, remaining - Math.Max(0, _inFlight - 1));
            var sameWindow = _left is not null && ends <= _windowEnds + SameWindow;
            _left = sameWindow ? Math.Min(_left!.Value, left) : left; // not null: sameWindow says so
            _windowEnds = sameWindow && _windowEnds > ends ? _windowEnds : ends;
            _limit = told.Limit ?? _limit;
            Release();
        }
    }

    /// <summary>Lets none go for so long, as told by a 429.</summary>
    public void Block(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = Now + wait + Jitter();
            if (until > _blockedUntil)
                _blockedUntil = until;
            _left = null;
            _shortLimit = null;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Leave(TimeSpan entered, Health health)
    {
        lock (_lock)
        {
            if (health == Health.Well && _inFlight >= _concurrency.Allowed) // more is of use only where all is used
                _concurrency.Grow();
            else if (health == Health.Ill)
                _concurrency.Shrink(entered, Now);
            _inFlight--;
            Release();
        }
    }

    // Also the timer's callback. Waiters' continuations run elsewhere, so nothing foreign happens under the lock.
    private void Release()
    {
        lock (_lock)
        {
            var now = Now;
            while (_waiting.TryPeek(out var first))
            {
                if (first.Task.IsCompleted)
                {
                    _waiting.Dequeue(); // cancelled
                    continue;
                }

                if (_inFlight >= _concurrency.Allowed)
                    return; // the next to leave calls again
                if (NextAt(now) is var next && next > now)
                {
                    _timer.Change(next - now + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                    return;
                }

                var permit = Take(now);
                _waiting.Dequeue();
                if (!first.Let(permit))
                    _inFlight--;
            }
        }
    }

    private Permit Take(TimeSpan now)
    {
        _inFlight++;
        if (_left > 0)
            _left--;
        _declared?.Add(now);
        return new(this, now);
    }

    private TimeSpan NextAt(TimeSpan now)
    {
        if (_left is not null && now >= _windowEnds)
            _left = null; // a new window: nothing known of it until its first answer
        var next = _blockedUntil;
        if (_left is { } left && left < Math.Max(1, Reserve()) && _windowEnds > next)
            next = _windowEnds + MostJitter;
        if (_declared is not null && !IsToldMore(now) && _declared.NextAt > next)
            next = _declared.NextAt;
        return next;
    }

    // The vendor's own word about a window of the declared length is better than what was published: contracts differ. A longer window (an
    // hour's) says nothing of a burst, so the declared limit stays.
    private bool IsToldMore(TimeSpan now) => _shortLimit > _limits.Requests && now - _shortLimitAt <= _limits.Per + SameWindow;

    // Kept over the end of a window, until its successor's first answer: else every window would begin with a wait.
    private void LearnShort(RateLimit told)
    {
        if (told is not { Limit: { } limit, Remaining: > 0, Reset: { } reset } || reset > _limits.Per + SameWindow)
            return;
        lock (_lock)
            (_shortLimit, _shortLimitAt) = (limit, Now);
    }

    private double Reserve() => (_limit ?? 0) * Math.Max(NeverUsed, 1 - _options.Share);

    private TimeSpan Jitter() => _options.Random() * MostJitter;

    /// <summary>Leave for one request.</summary>
    internal sealed class Permit(Pace pace, TimeSpan entered) : IDisposable
    {
        public Health Health { get; set; } = Health.Unknown;

        public void Dispose() => pace.Leave(entered, Health);
    }

    private sealed class Waiter
    {
        private readonly TaskCompletionSource<Permit> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenRegistration _registration;

        public Waiter(CancellationToken cancellationToken) =>
            _registration = cancellationToken.UnsafeRegister(
                static (completion, token) => ((TaskCompletionSource<Permit>)completion!).TrySetCanceled(token), _completion);

        public Task<Permit> Task => _completion.Task;

        public bool Let(Permit permit)
        {
            _registration.Unregister();
            return _completion.TrySetResult(permit);
        }
    }
}
