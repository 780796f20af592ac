using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Running;

/// <summary>The project that runs carry out, and its revision; no revision for a folder of files.</summary>
/// <param name="Project">The project.</param>
/// <param name="Revision">The revision's number.</param>
public sealed record CurrentProject(Project Project, long? Revision);

/// <summary>
/// Runs models for the server: one run a model at a time, on all nodes together; several models side by side. Runs wait as rows of the
/// control database, so that a restart forgets none. One of these lives as long as the process.
/// </summary>
public sealed class RunCoordinator : IAsyncDisposable
{
    private readonly RunParts _parts;
    private readonly RunQueue _queue;
    private readonly LiveRuns _live;
    private readonly RunExecution _execution;
    private readonly RunCancelling _cancelling;
    private readonly ConcurrentDictionary<string, RunningRun> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _pumping = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givenUp;
    private TaskCompletionSource _work = NewSignal();
    private DateTimeOffset? _reachableSince;
    private Task _loop = Task.CompletedTask;

    internal RunCoordinator(RunParts parts, RunningOptions options)
    {
        (_parts, Options) = (parts, options);
        var owner = RunOwner.Current(Guid.NewGuid().ToString("N")[..8]);
        _queue = new(parts.Database, parts.Time, owner, options);
        _live = new(parts.Time, options.Redraw);
        _execution = new(parts, _queue);
        _cancelling = new(parts.Database, parts.Time);
        _givenUp = new(Timeout.InfiniteTimeSpan, parts.Time);
    }

    /// <summary>How it runs; <see cref="RunningOptions.AtOnce"/> counts from the next look at the queue.</summary>
    public RunningOptions Options { get; private set; }

    /// <summary>Why the control database could not be used last time; null when it could. Runs go on meanwhile.</summary>
    public Problem? DatabaseProblem { get; private set; }

    /// <summary>Told the model of each run that ended here, after it was kept.</summary>
    internal Action<string>? ModelEnded { get; set; }

    /// <summary>Begins to carry runs out: first those that were cut.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PumpAsync(cancellationToken);
        _loop = LoopAsync();
    }

    /// <summary>Stops: requests in flight are finished, the runs go on after the next start. <paramref name="cancellationToken"/> ends
    /// the patience: what is in flight then is unclear, and looked at by the next run.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
        foreach (var run in _running.Values)
            run.Cancel(isStopping: true);
        await using var patience = cancellationToken.Register(() =>
        {
            foreach (var run in _running.Values)
                run.Abort();
            _givenUp.CancelAfter(Options.GiveUp); // an aborted run is kept at once, unless the database is away
        });
        await Task.WhenAll(_running.Values.Select(run => run.Task));
    }

    /// <summary>Asks for a run; it starts as soon as the model does not run and there is room.</summary>
    /// <returns>The run's id; that of a run which waits already for the same, or was made with the same idempotency key.</returns>
    /// <exception cref="PenstockException">There is no such model or destination; the idempotency key was used for another request; the
    /// control database can't be used.</exception>
    public async Task<string> EnqueueAsync(Actor actor, string modelId, RunAsk ask, CancellationToken cancellationToken)
    {
        var current = await _parts.Current(cancellationToken);
        var model = Named.Model(current.Project, modelId);
        foreach (var destination in ask.Destinations ?? [])
        {
            if (Named.Destination(current.Project, destination).ModelId != model.Id)
                throw Named.Unknown(ControlProblems.UnknownDestination, $"destination of the model {model.Id}", destination,
                    current.Project.DestinationsOf(model).Select(known => known.Id));
        }

        var run = await _queue.AddAsync(actor, model.Id, ask, cancellationToken);
        Wake();
        return run.Id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Cancels a run: requests in flight are finished, and the next run goes on from there. The second time it is
    /// aborted.</summary>
    /// <exception cref="PenstockException">There is no such run, or it has ended.</exception>
    public async Task CancelAsync(Actor actor, string runId, CancellationToken cancellationToken)
    {
        var abort = await _cancelling.NoteAsync(actor, runId, cancellationToken);
        if (_running.TryGetValue(runId, out var run))
        {
            if (abort)
                run.Abort();
            else
                run.Cancel(isStopping: false);
        }

        _live.Wake();
    }

    /// <summary>Approves the removals that a run waits with at a destination, by a run of that destination alone: as many as somebody saw,
    /// or fewer. If there are more by then, it waits again.</summary>
    /// <param name="actor">Who approves.</param>
    /// <param name="runId">The run that waits.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="expectedRemovals">How many removals that person was shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the run that removes them.</returns>
    /// <exception cref="PenstockException">It does not wait there, or with another number.</exception>
    public async Task<string> ApproveAsync(
        Actor actor, string runId, string destination, long expectedRemovals, CancellationToken cancellationToken)
    {
        var run = await _parts.History.FindAsync(runId, cancellationToken) ?? throw Unknown(runId);
        var waits = run.Destinations.Any(served => served.Destination == destination && served.Status == KeptStatus.Waiting);
        var plan = run.Plans.FirstOrDefault(plan => plan.Destination == destination);
        if (!waits || plan is null)
        {
            throw new PenstockException(RunningProblems.NothingToApprove.Of(
                $"The run {runId} does not wait for an approval at {destination}.", "Look at the model's last run."));
        }

        if (plan.Removals != expectedRemovals)
        {
            throw new PenstockException(RunningProblems.ApprovalOutdated.Of(
                string.Create(CultureInfo.InvariantCulture,
                    $"{expectedRemovals:N0} removals were approved; the run {runId} waits with {plan.Removals:N0}."),
                "Look at the plan again."));
        }

        var approvals = new Dictionary<string, long>(StringComparer.Ordinal) { [destination] = expectedRemovals };
        return await EnqueueAsync(actor, run.Model, new() { Destinations = [destination], Approvals = approvals }, cancellationToken);
    }

    /// <summary>Lets the refused records of a destination be tried again, by a run of that destination.</summary>
    /// <returns>The run's id.</returns>
    public Task<string> RetryAsync(Actor actor, string modelId, string destination, CancellationToken cancellationToken) => EnqueueAsync(
        actor, modelId, new() { Trigger = RunTrigger.Retry, Destinations = [destination], Retry = [destination] }, cancellationToken);

    /// <summary>All runs that go on or wait, on every node; those of this one with their progress.</summary>
    public async Task<IReadOnlyList<LiveRun>> LiveAsync(CancellationToken cancellationToken)
    {
        var here = _live.Going().ToDictionary(run => run.Id, StringComparer.Ordinal);
        try
        {
            var kept = await _parts.History.OpenAsync(cancellationToken);
            var there = kept.Select(run => here.Remove(run.Id, out var live) ? live : Show(run)).ToList();
            return [.. here.Values, .. there]; // one that has just ended at its row, or whose database file is gone, is first
        }
        catch (PenstockException) when (DatabaseProblem is not null)
        {
            return [.. here.Values]; // the database is away: what is known here
        }
    }

    /// <summary>Pictures of a run until it has ended, the last one with how; at most four a second.</summary>
    /// <param name="runId">The run; null for all of this node, without end.</param>
    /// <param name="cancellationToken">Stops watching.</param>
    /// <exception cref="PenstockException">There is no such run.</exception>
    public async IAsyncEnumerable<LiveRun> WatchAsync(string? runId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LiveRun? last = null;
        while (runId is not null && _live.Find(runId) is null)
        {
            // It waits, runs on another node, or is over: the row tells, and this node's own runs show up above.
            var kept = Show(await _parts.History.FindAsync(runId, cancellationToken) ?? throw Unknown(runId));
            if (last?.Status != kept.Status || last.IsCancelling != kept.IsCancelling)
                yield return last = kept;
            if (kept.IsFinal)
                yield break;
            await Task.Delay(TimeSpan.FromSeconds(1), _parts.Time, cancellationToken);
        }

        await foreach (var picture in _live.WatchAsync(runId, cancellationToken))
            yield return picture;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _givenUp.CancelAsync();
        if (!_stopping.IsCancellationRequested)
            await StopAsync(new CancellationToken(canceled: true));
        _stopping.Dispose();
        _givenUp.Dispose();
        _pumping.Dispose();
    }

    /// <summary>Takes other settings over.</summary>
    internal void Change(RunningOptions options)
    {
        Options = options;
        Wake();
    }

    /// <summary>Looks at the queue once: says that runs go on, takes over what was cut, starts what may start.</summary>
    internal async Task PumpAsync(CancellationToken cancellationToken)
    {
        await _pumping.WaitAsync(cancellationToken);
        try
        {
            var now = _parts.Time.GetUtcNow();
            var ids = _running.Keys.Select(id => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
            foreach (var (id, _, abort) in await _queue.BeatAsync(ids, cancellationToken))
                CancelHere(id.ToString(CultureInfo.InvariantCulture), abort);
            await _queue.TakeOverAsync(mayExpire: now - _reachableSince >= Options.Lease, cancellationToken);
            while (_running.Count < Options.AtOnce && !_stopping.IsCancellationRequested
                && await _queue.ClaimAsync([.. _running.Values.Select(run => run.Model)], cancellationToken) is { } claimed)
                Start(claimed);
            _reachableSince ??= now;
            DatabaseProblem = null;
        }
        catch (PenstockException exception)
        {
            (_reachableSince, DatabaseProblem) = (null, exception.Problem);
            _parts.Logger.DatabaseAway(exception.Problem.Code, exception.Problem.Message);
        }
        finally
        {
            _pumping.Release();
        }
    }

    /// <summary>Waits until no run goes on here.</summary>
    internal async Task IdleAsync()
    {
        while (_running.Values.FirstOrDefault() is { } run)
            await run.Task;
    }

    private void Start(Run claimed)
    {
        var id = claimed.Id.ToString(CultureInfo.InvariantCulture);
        var state = _live.Add(Show(RunMapping.Show(claimed)));
        var run = new RunningRun(claimed, state);
        _running[id] = run;
        run.Task = Task.Run(() => CarryOutAsync(run), CancellationToken.None);
    }

    private async Task CarryOutAsync(RunningRun run)
    {
        try
        {
            await _execution.RunAsync(run, _givenUp.Token);
        }
        catch (OperationCanceledException) when (_givenUp.IsCancellationRequested)
        {
            _parts.Logger.LeftOpen(run.Id, run.Model); // the next start finds it cut
        }
        finally
        {
            _running.TryRemove(run.Id, out _);
            _live.Ended(run.Id);
            run.Dispose();
            Wake();
        }

        ModelEnded?.Invoke(run.Model);
    }

    private void CancelHere(string id, bool abort)
    {
        if (!_running.TryGetValue(id, out var run))
            return;
        if (abort)
            run.Abort();
        else
            run.Cancel(isStopping: false);
    }

    private async Task LoopAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var work = _work.Task;
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            await Task.WhenAny(work, Task.Delay(Options.Beat, _parts.Time, enough.Token));
            await enough.CancelAsync();
            if (_stopping.IsCancellationRequested)
                return;
            if (work.IsCompleted)
                Interlocked.CompareExchange(ref _work, NewSignal(), _work);
            await PumpAsync(CancellationToken.None);
        }
    }

    private void Wake() => _work.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static LiveRun Show(KeptRun run) => new(run.Id, run.Model, run.Status)
    {
        Trigger = run.Trigger,
        RequestedBy = run.RequestedBy,
        QueuedAt = run.QueuedAt ?? run.StartedAt,
        StartedAt = run.Status == KeptStatus.Queued ? null : run.StartedAt,
        IsCancelling = run.CancelledBy is not null && run.Status is KeptStatus.Running or KeptStatus.Queued,
        Problem = run.Problem,
    };

    private static PenstockException Unknown(string run) =>
        new(ControlProblems.UnknownRun.Of($"There is no run {run}.", "The list of runs has them all."));
}
