using System.Globalization;
using Penstock.Control.Database;

namespace Penstock.Control.Running;

/// <summary>A run that this process carries out.</summary>
internal sealed class RunningRun(Run row, LiveRunState state) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private bool _isOver;

    public string Id { get; } = row.Id.ToString(CultureInfo.InvariantCulture);

    public string Model => row.Model;

    public Run Row => row;

    public LiveRunState State => state;

    /// <summary>Its work.</summary>
    public Task Task { get; set; } = Task.CompletedTask;

    /// <summary>Whether the process stops, so that the run goes on later.</summary>
    public bool IsStopping { get; private set; }

    public CancellationToken Cancelled => _cancel.Token;

    public CancellationToken Aborted => _abort.Token;

    /// <summary>Lets requests in flight finish, and ends.</summary>
    public void Cancel(bool isStopping)
    {
        lock (_gate)
        {
            if (_isOver || _cancel.IsCancellationRequested)
                return;
            IsStopping = isStopping;
        }

        state.Note(run => run with { IsCancelling = true });
        End(_cancel);
    }

    /// <summary>Ends at once.</summary>
    public void Abort()
    {
        Cancel(isStopping: false);
        End(_abort);
    }

    public void Dispose()
    {
        lock (_gate)
            _isOver = true;
        _cancel.Dispose();
        _abort.Dispose();
    }

    // It may have ended meanwhile, which is as good.
    private static void End(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
