using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Control.Running;

/// <summary>What is known of a run that this process carries out. The engine reports into it as often as it likes: that is one
/// lock.</summary>
internal sealed class LiveRunState(LiveRun first, TimeProvider time, Action changed) : IProgress<RunProgress>
{
    private readonly Lock _gate = new();
    private readonly List<(RunProgress Progress, long Since)> _steps = [];
    private LiveRun _run = first;
    private long _version;

    /// <summary>Counts the changes.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            var at = _steps.FindIndex(step => step.Progress.Step == value.Step && step.Progress.Subject == value.Subject);
            if (at < 0)
                _steps.Add((value, time.GetTimestamp()));
            else
                _steps[at] = (value, _steps[at].Since);
            _version++;
        }

        changed();
    }

    /// <summary>Notes something of the run as a whole.</summary>
    public void Note(Func<LiveRun, LiveRun> change)
    {
        lock (_gate)
        {
            _run = change(_run);
            _version++;
        }

        changed();
    }

    /// <summary>Notes that it is over.</summary>
    public void End(KeptStatus status, Problem? problem) => Note(run => run with { Status = status, Problem = problem });

    /// <summary>The run as it is now.</summary>
    public LiveRun Picture()
    {
        lock (_gate)
        {
            var steps = new List<LiveStep>(_steps.Count);
            for (var i = 0; i < _steps.Count; i++)
                steps.Add(Show(_steps[i].Progress, _steps[i].Since, IsPast(i)));
            return _run with { Steps = steps };
        }
    }

    // Sources are read side by side; past them, and at each destination, one step follows the other.
    private bool IsPast(int index) => _run.IsFinal
        || _steps.Skip(index + 1).Any(later => later.Progress.Step != RunStep.Refresh);

    private LiveStep Show(RunProgress progress, long since, bool isDone)
    {
        var elapsed = time.GetElapsedTime(since).TotalSeconds;
        var rate = isDone ? 0 : progress.Rate > 0 ? progress.Rate : elapsed > 1 ? progress.Done / elapsed : 0;
        return new(progress.Step, progress.Subject, progress.Done, progress.Total)
        {
            IsDone = isDone,
            Calls = progress.Calls,
            Refused = progress.Refused,
            Rate = rate,
            Left = isDone ? null : (progress with { Rate = rate }).Left,
            Waiting = isDone ? null : progress.Waiting,
        };
    }
}
