namespace Penstock.Engine.Delivering;

/// <summary>
/// The ways in which a delivery stops, from mild to hard: cancelled (no new request starts, those in flight go on for a while), ended
/// (by refused credentials or the like: no new request at all), aborted (requests in flight are given up).
/// </summary>
internal sealed class Stops : IDisposable
{
    // Not disposed of: a grace that ends in the same moment may still cancel them, and they hold nothing.
    private readonly CancellationTokenSource _starting = new();
    private readonly CancellationTokenSource _following = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenRegistration _onCancel;
    private readonly CancellationTokenRegistration _onAbort;
    private readonly Lock _lock = new();
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private ITimer? _graceEnds;
    private bool _disposed;

    public Stops(TimeSpan grace, TimeProvider time, CancellationToken cancelled, CancellationToken aborted)
    {
        (_grace, _time) = (grace, time);
        Cancelled = cancelled;
        _onAbort = aborted.UnsafeRegister(static stops => ((Stops)stops!).Abort(), this);
        _onCancel = cancelled.UnsafeRegister(static stops => ((Stops)stops!).Cancel(), this);
    }

    /// <summary>The caller's wish.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>No new batch is begun.</summary>
    public CancellationToken MayStart => _starting.Token;

    /// <summary>No request that follows up an earlier one (asking how a job goes) is begun.</summary>
    public CancellationToken MayFollow => _following.Token;

    /// <summary>Requests in flight are given up.</summary>
    public CancellationToken Aborted => _aborting.Token;

    /// <summary>What ended the delivery; null when nothing did. The first wins.</summary>
    public Exception? Ended { get; private set; }

    /// <summary>Ends the delivery: nothing starts any more.</summary>
    public void End(Exception why)
    {
        lock (_lock)
            Ended ??= why;
        _starting.Cancel();
        _following.Cancel();
    }

    public void Dispose()
    {
        _onCancel.Dispose();
        _onAbort.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _graceEnds?.Dispose();
        }
    }

    private void Cancel()
    {
        _starting.Cancel();
        lock (_lock)
        {
            if (!_disposed)
                _graceEnds = _time.CreateTimer(static stops => ((Stops)stops!).Abort(), this, _grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void Abort()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
        }

        _starting.Cancel();
        _following.Cancel();
        _aborting.Cancel();
    }
}
