namespace Penstock.Server.Components.Rules;

/// <summary>Work of which only the newest counts: each waits a moment, and the one before is given up.</summary>
/// <param name="time">The clock.</param>
/// <param name="pause">How long it waits for another one.</param>
internal sealed class Latest(TimeProvider time, TimeSpan pause) : IDisposable
{
    private CancellationTokenSource? _last;

    /// <summary>Whether some work waits or goes on.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Does the work after the pause, unless other work came meanwhile.</summary>
    public async Task DoAsync(Func<CancellationToken, Task> work)
    {
        Stop();
        var mine = _last = new CancellationTokenSource();
        var token = mine.Token;
        IsBusy = true;
        try
        {
            await Task.Delay(pause, time, token);
            await work(token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            if (ReferenceEquals(_last, mine))
                IsBusy = false;
        }
    }

    /// <summary>Gives up what waits or goes on.</summary>
    public void Stop()
    {
        _last?.Cancel();
        _last?.Dispose();
        _last = null;
        IsBusy = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();
}
