namespace Penstock.Engine.Tests.Delivering;

/// <summary>
/// Runs asynchronous work on one thread and in its own time: when nothing is left to do, the clock jumps to the next timer. So an hour's
/// wait takes no time, and a run with the same faults is the same run.
/// </summary>
internal sealed class Simulation : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(3);

    private readonly Lock _lock = new();
    private readonly Queue<(SendOrPostCallback Work, object? State)> _ready = new();
    private readonly PriorityQueue<Timer, (TimeSpan Due, long Number)> _timers = new();
    private readonly Pump _pump;
    private long _numbers;
    private int _thread;

    public Simulation() => _pump = new(this);

    /// <summary>Time passed since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Start + Now + ClockSetBy;

    /// <summary>By how much somebody set the clock. Time passed does not change by it.</summary>
    public TimeSpan ClockSetBy { get; set; }

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs <paramref name="work"/> to its end.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_pump);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            var task = work();
            while (!task.IsCompleted)
            {
                if (!TryRunOne() && !TryFireOne())
                    throw new InvalidOperationException($"Nothing is left to happen after {Now}, but the work is not done.");
                if (Now > TooLong)
                    throw new InvalidOperationException("The work never ends.");
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Does something at a later time.</summary>
    public void At(TimeSpan when, Action act) => CreateTimer(_ => act(), null, when - Now, Timeout.InfiniteTimeSpan);

    /// <summary>Fails when the work has left the simulation's thread, where time can't be trusted.</summary>
    public void AssertInside()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("The work has left the simulation's thread.");
    }

    private bool TryRunOne()
    {
        (SendOrPostCallback Work, object? State) next;
        lock (_lock)
        {
            if (!_ready.TryDequeue(out next))
                return false;
        }

        next.Work(next.State);
        return true;
    }

    private bool TryFireOne()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (timer.Number != due.Number)
                continue; // changed or disposed of since
            Now = due.Due > Now ? due.Due : Now;
            timer.Fire();
            return true;
        }

        return false;
    }

    private sealed class Pump(Simulation simulation) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (simulation._lock)
                simulation._ready.Enqueue((d, state));
        }

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class Timer(Simulation simulation, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long Number { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Number = ++simulation._numbers;
            if (dueTime >= TimeSpan.Zero)
                simulation._timers.Enqueue(this, (simulation.Now + dueTime, Number));
            return true;
        }

        public void Fire()
        {
            Number = 0;
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Number = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
