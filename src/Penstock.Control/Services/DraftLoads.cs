using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>One loading of a model's data, going on or ended.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="StartedAt">When it was started, in UTC.</param>
public sealed record DraftLoad(string Model, DateTimeOffset StartedAt)
{
    /// <summary>Whether it is still going on.</summary>
    public bool IsRunning { get; init; } = true;

    /// <summary>What it is doing; null before it said.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>What it came to; null while it goes on, and when it did not get to the end.</summary>
    public LoadResult? Result { get; init; }

    /// <summary>Why it did not get to the end; null when it did or was cancelled.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>
/// Loads models of the draft: reads their sources and builds their records, so that groups can be counted and mappings seen before anything
/// is published. A loading belongs to the server, not to the page that began it; one a model at a time.
/// </summary>
public sealed class DraftLoads
{
    private readonly ConcurrentDictionary<string, Work> _works = new(StringComparer.Ordinal);
    private readonly Runner _draft;
    private readonly TimeProvider _time;

    internal DraftLoads(Runner draft, TimeProvider time) => (_draft, _time) = (draft, time);

    /// <summary>Raised with the model's id when its loading began, got on or ended; on any thread, and often.</summary>
    public event Action<string>? Changed;

    /// <summary>The loading of a model that goes on, or the last one that ended; null when there was none.</summary>
    public DraftLoad? Of(string model) => _works.GetValueOrDefault(model)?.Load;

    /// <summary>Begins to load a model, unless it is being loaded.</summary>
    /// <param name="project">The draft's project.</param>
    /// <param name="model">The model in it.</param>
    public void Start(Project project, Model model)
    {
        var work = new Work(new(model.Id, _time.GetUtcNow()));
        var kept = _works.AddOrUpdate(model.Id, work, (_, before) => before.Load.IsRunning ? before : work);
        if (ReferenceEquals(kept, work))
            _ = Task.Run(() => RunAsync(work, project, model), CancellationToken.None);
    }

    /// <summary>Stops loading a model; what was loaded before stays.</summary>
    public void Cancel(string model)
    {
        if (_works.GetValueOrDefault(model) is { Load.IsRunning: true } work)
            work.Stop.Cancel();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here the work ends: whoever looks is told what became of it.")]
    private async Task RunAsync(Work work, Project project, Model model)
    {
        Tell(work, work.Load);
        try
        {
            var result = await _draft.LoadAsync(project, model, new Teller(this, work), work.Stop.Token);
            Tell(work, work.Load with { IsRunning = false, Result = result });
        }
        catch (PenstockException) when (work.Stop.IsCancellationRequested)
        {
            Tell(work, work.Load with { IsRunning = false });
        }
        catch (OperationCanceledException)
        {
            Tell(work, work.Load with { IsRunning = false });
        }
        catch (PenstockException exception)
        {
            Tell(work, work.Load with { IsRunning = false, Problem = exception.Problem });
        }
        catch (Exception)
        {
            var problem = ControlProblems.Defect.Of(
                "The data could not be loaded: Penstock made a mistake of its own.", "The log tells more.");
            Tell(work, work.Load with { IsRunning = false, Problem = problem });
        }
    }

    private void Tell(Work work, DraftLoad load)
    {
        work.Load = load;
        Changed?.Invoke(load.Model);
    }

    // Written by the loading alone, read by pages.
    private sealed class Work(DraftLoad load)
    {
        private volatile DraftLoad _load = load;

        public CancellationTokenSource Stop { get; } = new();

        public DraftLoad Load
        {
            get => _load;
            set => _load = value;
        }
    }

    // Reports come thousands of times; pages draw at most four times a second anyway, but what is not raised need not be dropped.
    private sealed class Teller(DraftLoads loads, Work work) : IProgress<RunProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
        private long _last = loads._time.GetTimestamp() - loads._time.TimestampFrequency;

        public void Report(RunProgress value)
        {
            var isNew = value.Step != work.Load.Progress?.Step || value.Subject != work.Load.Progress?.Subject;
            work.Load = work.Load with { Progress = value };
            if (!isNew && loads._time.GetElapsedTime(Interlocked.Read(ref _last)) < Pause)
                return;
            Interlocked.Exchange(ref _last, loads._time.GetTimestamp());
            loads.Changed?.Invoke(value.Model);
        }
    }
}
