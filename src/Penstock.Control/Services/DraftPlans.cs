using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>One planning of a destination of the draft, going on or ended.</summary>
/// <param name="Destination">The destination as it was planned.</param>
/// <param name="StartedAt">When it was started, in UTC.</param>
public sealed record DraftPlan(Destination Destination, DateTimeOffset StartedAt)
{
    /// <summary>Whether it is still going on.</summary>
    public bool IsRunning { get; init; } = true;

    /// <summary>What it is doing; null before it said.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>How many records the model had.</summary>
    public long Records { get; init; }

    /// <summary>What would be done; null while it goes on, and when it did not get to the end.</summary>
    public DestinationResult? Result { get; init; }

    /// <summary>Why it did not get to the end; null when it did or was cancelled.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>
/// Plans destinations of the draft, published or not: nothing is sent. A planning belongs to the server, not to the page that began it; one
/// a destination at a time. The records of the plan stay readable until the next one.
/// </summary>
public sealed class DraftPlans
{
    private readonly ConcurrentDictionary<string, Work> _works = new(StringComparer.Ordinal);
    private readonly Runner _draft;
    private readonly TimeProvider _time;

    internal DraftPlans(Runner live, TimeProvider time) => (_draft, _time) = (live.Draft(DraftData.Id), time);

    /// <summary>Raised when a planning began, got on or ended; on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The planning of a destination that goes on, or the last one that ended; null when there was none.</summary>
    public DraftPlan? Of(string destination) => _works.GetValueOrDefault(destination)?.Plan;

    /// <summary>Begins to plan a destination, unless it is being planned.</summary>
    /// <param name="project">The draft's project, without errors.</param>
    /// <param name="destination">The destination in it, switched on or not.</param>
    public void Start(Project project, Destination destination)
    {
        var work = new Work(new(destination, _time.GetUtcNow()));
        var kept = _works.AddOrUpdate(destination.Id, work, (_, before) => before.Plan.IsRunning ? before : work);
        if (ReferenceEquals(kept, work))
            _ = Task.Run(() => PlanAsync(work, project), CancellationToken.None);
    }

    /// <summary>Stops planning a destination.</summary>
    public void Cancel(string destination)
    {
        if (_works.GetValueOrDefault(destination) is { Plan.IsRunning: true } work)
            work.Stop.Cancel();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here the work ends: whoever looks is told what became of it.")]
    private async Task PlanAsync(Work work, Project project)
    {
        Tell(work, work.Plan);
        try
        {
            var destination = work.Plan.Destination;
            var options = new RunOptions { Id = "plan", Destinations = [destination.Id] };
            var result = await _draft.PlanAsync(
                project, project.Model(destination.ModelId), options, new Teller(this, work), work.Stop.Token);
            var served = result.Destinations.FirstOrDefault(one => one.Destination == destination.Id);
            Tell(work, work.Plan with
            {
                IsRunning = false,
                Records = result.Records,
                Result = result.Status == RunStatus.Cancelled || served?.Status == RunStatus.Failed ? null : served,
                Problem = result.Problem ?? (served?.Status == RunStatus.Failed ? served.Problem : null),
            });
        }
        catch (Exception exception)
        {
            Tell(work, work.Plan with { IsRunning = false, Problem = Explain(exception, work.Stop.IsCancellationRequested) });
        }
    }

    private static Problem? Explain(Exception exception, bool isCancelled) => exception switch
    {
        _ when isCancelled => null,
        PenstockException known => known.Problem,
        OperationCanceledException => null,
        _ => ControlProblems.Defect.Of("The plan could not be made: Penstock made a mistake of its own.", "The log tells more."),
    };

    private void Tell(Work work, DraftPlan plan)
    {
        work.Plan = plan;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    // Written by the planning alone, read by pages.
    private sealed class Work(DraftPlan plan)
    {
        private volatile DraftPlan _plan = plan;

        public CancellationTokenSource Stop { get; } = new();

        public DraftPlan Plan
        {
            get => _plan;
            set => _plan = value;
        }
    }

    // Reports come thousands of times; pages draw at most four times a second.
    private sealed class Teller(DraftPlans plans, Work work) : IProgress<RunProgress>
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
        private long _last = plans._time.GetTimestamp() - plans._time.TimestampFrequency;

        public void Report(RunProgress value)
        {
            if (!work.Plan.IsRunning)
                return;
            work.Plan = work.Plan with { Progress = value };
            if (plans._time.GetElapsedTime(Interlocked.Read(ref _last)) < Pause)
                return;
            Interlocked.Exchange(ref _last, plans._time.GetTimestamp());
            plans.Changed?.Invoke(plans, EventArgs.Empty);
        }
    }
}
