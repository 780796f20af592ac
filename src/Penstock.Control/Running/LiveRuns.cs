using System.Runtime.CompilerServices;

namespace Penstock.Control.Running;

/// <summary>
/// The runs of this process, for whoever watches. A viewer takes a picture when something changed, at most every so often: fifty of them
/// cost a run nothing, and one that comes late begins with how things are.
/// </summary>
internal sealed class LiveRuns(TimeProvider time, TimeSpan redraw)
{
    private const int MostEnded = 100;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LiveRunState> _runs = new(StringComparer.Ordinal);
    private readonly Queue<string> _ended = new();
    private TaskCompletionSource _changed = New();

    /// <summary>Begins to show a run.</summary>
    public LiveRunState Add(LiveRun run)
    {
        var state = new LiveRunState(run, time, Wake);
        lock (_gate)
            _runs[run.Id] = state;
        Wake();
        return state;
    }

    /// <summary>Notes that a run is over; its last picture stays for those who watch, for a while.</summary>
    public void Ended(string id)
    {
        lock (_gate)
        {
            _ended.Enqueue(id);
            if (_ended.Count > MostEnded)
                _runs.Remove(_ended.Dequeue());
        }
    }

    /// <summary>The state of a run of this process; null when it has none of that id.</summary>
    public LiveRunState? Find(string id)
    {
        lock (_gate)
            return _runs.GetValueOrDefault(id);
    }

    /// <summary>The runs that go on.</summary>
    public IReadOnlyList<LiveRun> Going() => [.. States().Select(state => state.Picture()).Where(run => !run.IsFinal)];

    /// <summary>Wakes those who watch: something else changed.</summary>
    public void Wake()
    {
        TaskCompletionSource before;
        lock (_gate)
            (before, _changed) = (_changed, New());
        before.TrySetResult();
    }

    /// <summary>Pictures of one run, the last one when it has ended; or of all runs, as they change.</summary>
    public async IAsyncEnumerable<LiveRun> WatchAsync(string? id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new Dictionary<LiveRunState, long>();
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            foreach (var state in id is null ? States() : Find(id) is { } one ? [one] : [])
            {
                var version = state.Version;
                if (seen.TryGetValue(state, out var last) && last == version)
                    continue;
                seen[state] = version;
                var picture = state.Picture();
                yield return picture;
                if (id is not null && picture.IsFinal)
                    yield break;
            }

            await changed.WaitAsync(cancellationToken);
            await Task.Delay(redraw, time, cancellationToken);
        }
    }

    private List<LiveRunState> States()
    {
        lock (_gate)
            return [.. _runs.Values];
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
