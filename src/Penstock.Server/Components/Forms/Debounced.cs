namespace Penstock.Server.Components.Forms;

/// <summary>
/// Work that is begun anew with each change: waits for a pause in typing, and gives up what it did for the change before.
/// </summary>
public sealed class Debounced(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource? _current;

    /// <summary>Does the work after a pause; when another change comes first, that one's is done instead.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> work)
    {
        _current?.Cancel();
        using var mine = new CancellationTokenSource();
        _current = mine;
        try
        {
            await Task.Delay(Pause, time, mine.Token);
            await work(mine.Token);
            return !mine.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            if (ReferenceEquals(_current, mine))
                _current = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _current?.Cancel();
}
