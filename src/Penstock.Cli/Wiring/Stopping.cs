using System.Runtime.InteropServices;

namespace Penstock.Cli.Wiring;

/// <summary>Turns Ctrl-C and SIGTERM into cancelling (the first), aborting (the second) and the process's end (the third).</summary>
internal sealed class Stopping : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    // Programs such as timeout send a signal to the process and again to its group: one wish, not two.
    private static readonly TimeSpan SameWish = TimeSpan.FromMilliseconds(300);

    private readonly TextWriter _talk;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private int _signals;
    private long _lastAt;

    /// <summary>Listens from now on.</summary>
    public Stopping(TextWriter talk, TimeProvider time)
    {
        _talk = talk;
        _time = time;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    /// <summary>The first signal.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>The second signal.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _cancelled.Dispose();
        _aborted.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        lock (_gate)
        {
            context.Cancel = _signals < 2;
            if (_signals > 0 && _time.GetElapsedTime(_lastAt) < SameWish)
            {
                context.Cancel = true;
                return;
            }

            _lastAt = _time.GetTimestamp();
            _signals++;
        }

        if (_signals == 1)
        {
            _talk.WriteLine();
            _talk.WriteLine("Stopping: what is in flight finishes first. Once more stops at once.");
            _cancelled.Cancel();
        }
        else if (_signals == 2)
        {
            _talk.WriteLine("Stopping at once.");
            _aborted.Cancel();
        }
    }
}
