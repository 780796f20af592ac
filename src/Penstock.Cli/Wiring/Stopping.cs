using System.Runtime.InteropServices;

namespace Penstock.Cli.Wiring;

/// <summary>Turns Ctrl-C and SIGTERM into cancelling (the first), aborting (the second) and the process's end (the third).</summary>
internal sealed class Stopping : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TextWriter _talk;
    private int _signals;

    /// <summary>Listens from now on.</summary>
    public Stopping(TextWriter talk)
    {
        _talk = talk;
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
        var signals = Interlocked.Increment(ref _signals);
        context.Cancel = signals <= 2;
        if (signals == 1)
        {
            _talk.WriteLine();
            _talk.WriteLine("Stopping: what is in flight finishes first. Once more stops at once.");
            _cancelled.Cancel();
        }
        else if (signals == 2)
        {
            _talk.WriteLine("Stopping at once.");
            _aborted.Cancel();
        }
    }
}
