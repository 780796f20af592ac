using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Planning;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>One run of one model, from the sources to the destinations: refresh → build → plan → deliver → finish.</summary>
internal sealed class ModelRun(ModelSession session, RunOptions options, IProgress<RunProgress>? progress)
{
    private const int SourcesAtOnce = 2;
    private readonly List<StepTime> _steps = [];
    private readonly List<RowProblem> _problems = [];
    private readonly Model _model = session.Model;
    private readonly TimeProvider _time = session.Setup.Time;

    /// <summary>What was wrong with rows of the sources so far.</summary>
    public IReadOnlyList<RowProblem> RowProblems => _problems;

    /// <summary>Sources → stage → records. What planning, previewing and running have in common.</summary>
    public async Task<(ResolvedModel Resolved, CompiledModel Compiled, BuildResult Built)> BuildAsync(CancellationToken cancellationToken)
    {
        var resolved = await session.ResolveAsync(cancellationToken);
        var compiled = ModelCompiler.Compile(resolved, session.Project.TimeZone, options.AsOf ?? _time.GetUtcNow());
        if (!options.Loaded)
            await RefreshAsync(compiled, cancellationToken);
        var started = _time.GetTimestamp();
        progress?.Report(new(_model.Id, RunStep.Build, null, 0, null));
        var built = await RecordBuilder.BuildAsync(session.Connection, compiled, cancellationToken);
        Note(RunStep.Build, null, built.Records, started);
        _problems.AddRange(built.Problems);
        return (resolved, compiled, built);
    }

    /// <summary>The whole run, or with <paramref name="isPlanOnly"/> all of it up to the plans.</summary>
    public async Task<RunResult> ExecuteAsync(bool isPlanOnly, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow();
        var started = _time.GetTimestamp();
        var (resolved, compiled, built) = await BuildAsync(cancellationToken);
        var results = new List<DestinationResult>();
        foreach (var destination in Served(isPlanOnly))
        {
            var result = await ServeAsync(destination, resolved, compiled, isPlanOnly, cancellationToken);
            results.Add(result);
            if (result.Status == RunStatus.Cancelled)
                break;
        }

        if (!isPlanOnly)
            await session.Workspace.CheckpointAsync(CancellationToken.None);
        return new RunResult
        {
            Id = isPlanOnly ? null : options.Id,
            Model = _model.Id,
            Status = results.Count == 0 ? RunStatus.Succeeded : results.Select(result => result.Status).MaxBy(Weight),
            Records = built.Records,
            Groups = built.Groups,
            RowProblems = _problems,
            StartedAt = startedAt,
            Elapsed = _time.GetElapsedTime(started),
            Steps = _steps,
            Destinations = results,
            Problem = results.FirstOrDefault(result => result.Problem is not null)?.Problem,
            Fault = results.FirstOrDefault(result => result.Fault is not null)?.Fault,
        };
    }

    // One that is switched off is never delivered to, but a person who names it sees what switching it on would do.
    private IEnumerable<Destination> Served(bool isPlanOnly) => session.Project.DestinationsOf(_model).Where(destination =>
        options.Destinations is { } named
            ? named.Contains(destination.Id) && (destination.IsEnabled || isPlanOnly)
            : destination.IsEnabled);

    private async Task RefreshAsync(CompiledModel compiled, CancellationToken cancellationToken)
    {
        // Two at once: while one source's database is busy, another's rows travel.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = SourcesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(compiled.Sources, parallel, async (source, token) =>
        {
            var started = _time.GetTimestamp();
            progress?.Report(new(_model.Id, RunStep.Refresh, source.Source.Name, 0, null));
            await using var connection = session.Workspace.Connect();
            var open = session.Apps.Source(source.Source.AppId);
            var result = await new SourceRefresher(_time).RefreshAsync(
                connection,
                open,
                source,
                CoercionRules.Of(session.Project, source.Source),
                new Forward<RefreshProgress>(read => progress?.Report(new(_model.Id, RunStep.Refresh, read.Source, read.Rows, null))),
                token);
            lock (_steps)
            {
                Note(RunStep.Refresh, source.Source.Name, result.Rows, started);
                _problems.AddRange(result.Problems);
            }
        });
    }

    private async Task<DestinationResult> ServeAsync(
        Destination destination, ResolvedModel resolved, CompiledModel compiled, bool isPlanOnly, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var plan = new DestinationPlan { Destination = destination.Id };
        try
        {
            progress?.Report(new(_model.Id, RunStep.Plan, destination.Id, 0, null));
            var setup = DestinationSetup.Of(session.Project, destination, compiled, resolved, session.Apps, session.Setup);
            plan = await new Planner(session.Connection).PlanAsync(
                setup.Compiled,
                new()
                {
                    Full = options.Full,
                    RemovalThreshold = destination.RemovalThreshold,
                    RemovalsApproved = options.ApproveRemovals,
                    ApprovedRemovals = options.ApprovedRemovals?.TryGetValue(destination.Id, out var approved) == true ? approved : null,
                    Limits = setup.Limits,
                    LooksUp = setup.LooksUp,
                },
                cancellationToken);
            Note(RunStep.Plan, destination.Id, plan.Creates + plan.Updates + plan.Removals, started);
            if (isPlanOnly || plan.IsStopped)
            {
                var planned = DestinationResults.OfPlan(plan) with { Elapsed = _time.GetElapsedTime(started) };
                return isPlanOnly ? planned : DestinationResults.Nothing(planned);
            }

            var result = await new DestinationRun(session, setup, plan, options, progress).DeliverAsync(_steps, cancellationToken);
            return result with { Elapsed = _time.GetElapsedTime(started) };
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && error is not PenstockException)
        {
            // Whatever cancelling made of an exception: the destinations before this one keep their results.
            return DestinationResults.Cancelled(plan) with { Elapsed = _time.GetElapsedTime(started) };
        }
        catch (PenstockException error)
        {
            Log.EndsEarly(session.Setup.Loggers.CreateLogger("Penstock.Run"), destination.Id, error.Problem.Code);
            return DestinationResults.Ended(plan, error) with { Elapsed = _time.GetElapsedTime(started) };
        }
    }

    private void Note(RunStep step, string? subject, long rows, long started) =>
        _steps.Add(new(step, subject, rows, _time.GetElapsedTime(started)));

    private static int Weight(RunStatus status) => status switch
    {
        RunStatus.Cancelled => 4,
        RunStatus.Failed => 3,
        RunStatus.Waiting => 2,
        RunStatus.Partial => 1,
        _ => 0,
    };
}

/// <summary>Passes progress on at once, in the caller's thread: <see cref="Progress{T}"/> would reorder it.</summary>
internal sealed class Forward<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
