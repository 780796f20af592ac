using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>
/// The keys that requests in flight are about. Vendors promise no order between requests, so a key in two of them at once could end up
/// with either's values. A feed gives each key once an operation; renames (a → b, b → c) still meet here.
/// </summary>
internal sealed class KeysInFlight
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Batch> _owners = [];
    private TaskCompletionSource? _left;

    /// <summary>Waits until none of the batch's keys is in flight, and then has them be.</summary>
    public async ValueTask EnterAsync(Batch batch, CancellationToken cancellationToken)
    {
        while (!TryEnter(batch, out var left))
            await left.WaitAsync(cancellationToken);
    }

    /// <summary>The batch is answered.</summary>
    public void Leave(Batch batch)
    {
        TaskCompletionSource? left;
        lock (_lock)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Remove(batch[i].Key, batch);
                if (batch[i].PreviousKey is { } previous)
                    Remove(previous, batch);
            }

            left = _left;
            _left = null;
        }

        left?.SetResult();
    }

    // When it can't be entered, left is done when another batch has left.
    private bool TryEnter(Batch batch, out Task left)
    {
        lock (_lock)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (!IsFree(batch[i].Key, batch) || (batch[i].PreviousKey is { } previous && !IsFree(previous, batch)))
                {
                    Withdraw(batch, i);
                    _left ??= new(); // completed outside of the lock
                    left = _left.Task;
                    return false;
                }
            }

            left = Task.CompletedTask;
            return true;
        }
    }

    private bool IsFree(string key, Batch batch) => _owners.TryAdd(key, batch) || ReferenceEquals(_owners[key], batch);

    private void Withdraw(Batch batch, int last)
    {
        for (var i = 0; i <= last; i++)
        {
            Remove(batch[i].Key, batch);
            if (batch[i].PreviousKey is { } previous)
                Remove(previous, batch);
        }
    }

    private void Remove(string key, Batch batch)
    {
        if (_owners.TryGetValue(key, out var owner) && ReferenceEquals(owner, batch))
            _owners.Remove(key);
    }
}
