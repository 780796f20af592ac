using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>How somebody wants models to be run or planned.</summary>
public sealed record RunRequest
{
    /// <summary>Whether a person has approved removals beyond the guard's threshold.</summary>
    public bool ApproveRemovals { get; init; }

    /// <summary>Whether everything is sent anew.</summary>
    public bool Full { get; init; }

    /// <summary>The moment at which relative dates are read; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Stops at once, in-flight requests included; the ordinary cancellation lets them finish.</summary>
    public CancellationToken Abort { get; init; }
}

/// <summary>Runs and plans models, one after another, and keeps what runs came to.</summary>
public sealed class RunService
{
    private readonly Runner _runner;
    private readonly RunHistory _history;
    private readonly ILogger _logger;

    internal RunService(Runner runner, RunHistory history, ILogger<RunService> logger) =>
        (_runner, _history, _logger) = (runner, history, logger);

    /// <summary>Runs models one after another; each result is given as its run ends. A cancelled run is the last.</summary>
    public async IAsyncEnumerable<RunResult> RunAsync(
        Project project, IReadOnlyList<Model> models, RunRequest request, IProgress<RunProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var model in models)
        {
            var result = await RunAsync(project, model, request, progress, cancellationToken);
            yield return result;
            if (result.Status == RunStatus.Cancelled)
                yield break;
        }
    }

    /// <summary>Plans models one after another: nothing is sent, nothing is kept.</summary>
    public async IAsyncEnumerable<RunResult> PlanAsync(
        Project project, IReadOnlyList<Model> models, RunRequest request, IProgress<RunProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var model in models)
            yield return await _runner.PlanAsync(project, model, Options("plan", request), progress, cancellationToken);
    }

    /// <summary>Runs a model whose run is kept by the caller, and tells the log.</summary>
    internal async Task<RunResult> CarryOutAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["Run"] = options.Id });
        _logger.RunStarted(options.Id, model.Id);
        var result = await MeasuredAsync(project, model, options, progress, cancellationToken);
        Write(options.Id, result);
        return result;
    }

    private async Task<RunResult> RunAsync(
        Project project, Model model, RunRequest request, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var id = await _history.BeginAsync(model.Id, cancellationToken);
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["Run"] = id });
        _logger.RunStarted(id, model.Id);
        try
        {
            var result = await MeasuredAsync(project, model, Options(id, request), progress, cancellationToken);
            await KeepAsync(id, result);
            return result;
        }
        catch (Exception exception)
        {
            await NoteEndAsync(id, model, exception);
            throw;
        }
    }

    private async Task<RunResult> MeasuredAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        using var span = Measures.StartRun(options.Id, model.Id);
        using var traced = span is null ? null : new TracedProgress(span, progress);
        var result = await _runner.RunAsync(project, model, options, traced ?? progress, cancellationToken);
        Measures.Count(result);
        return result;
    }

    // What was delivered is known to the workspace whatever becomes of this: a full disk must not turn a good run into a failed one.
    private async Task KeepAsync(string id, RunResult result)
    {
        Write(id, result);
        try
        {
            await _history.FinishAsync(id, result, CancellationToken.None);
        }
        catch (PenstockException exception)
        {
            _logger.NotKept(exception, id, result.Model);
        }
    }

    private async Task NoteEndAsync(string id, Model model, Exception exception)
    {
        var problem = exception switch
        {
            PenstockException known => known.Problem,
            OperationCanceledException => RunProblems.Cancelled.Of("The run was cancelled.", "The next run goes on from there."),
            _ => ControlProblems.Defect.Of("Penstock made a mistake of its own.", "The log tells more."),
        };
        if (problem.Code == ControlProblems.Defect.Code)
            _logger.Defect(exception, id, model.Id);
        try
        {
            await _history.FailAsync(id, problem, CancellationToken.None);
        }
        catch (PenstockException second)
        {
            _logger.NotKept(second, id, model.Id);
        }
    }

    private void Write(string id, RunResult result)
    {
        _logger.RunEnded(id, result.Model, result.Status.ToString(), result.Records, result.Elapsed.TotalSeconds);
        foreach (var step in result.Steps)
            _logger.StepTook(id, step.Step.ToString(), step.Subject, step.Elapsed.TotalSeconds, step.Rows);
        foreach (var served in result.Destinations)
        {
            _logger.DestinationServed(
                id, served.Destination, served.Status.ToString(), served.Created, served.Updated, served.Removed, served.Skipped,
                served.Refused,
                served.Failed, served.Calls);
            foreach (var reason in served.Reasons)
                _logger.Problem(id, reason.Code, reason.Message);
            if (served.Problem is { } ended)
                _logger.Problem(id, ended.Code, ended.ToString());
        }

        if (result.Problem is { } problem)
            _logger.Problem(id, problem.Code, problem.ToString());
    }

    private static RunOptions Options(string id, RunRequest request) => new()
    {
        Id = id,
        ApproveRemovals = request.ApproveRemovals,
        Full = request.Full,
        AsOf = request.AsOf,
        Abort = request.Abort,
    };
}
