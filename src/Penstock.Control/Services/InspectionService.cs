using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>Looks into what runs did and what the workspace holds.</summary>
public sealed class InspectionService
{
    private readonly Runner _runner;
    private readonly RunHistory _history;

    internal InspectionService(Runner runner, RunHistory history) => (_runner, _history) = (runner, history);

    /// <summary>The last runs, newest first, without their steps and reasons.</summary>
    public Task<IReadOnlyList<KeptRun>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        _history.ListAsync(limit, cancellationToken);

    /// <summary>A page of runs, newest first, without their steps, reasons and plans.</summary>
    public Task<RunPage> RunsAsync(RunFilter filter, CancellationToken cancellationToken) => _history.ListAsync(filter, cancellationToken);

    /// <summary>One run with all that is known of it.</summary>
    /// <exception cref="PenstockException">There is no run of that id.</exception>
    public async Task<KeptRun> RunAsync(string id, CancellationToken cancellationToken) =>
        await _history.FindAsync(id, cancellationToken)
        ?? throw new PenstockException(ControlProblems.UnknownRun.Of($"There is no run {id} in this workspace.",
            "'penstock runs' lists them."));

    /// <summary>Streams the records that a destination refused or could not take.</summary>
    public IAsyncEnumerable<Failure> FailuresAsync(Project project, Destination destination, CancellationToken cancellationToken) =>
        _runner.FailuresAsync(project, destination, cancellationToken);

    /// <summary>Lets refused records be tried again by the next run.</summary>
    /// <returns>How many.</returns>
    public Task<long> RetryAsync(Project project, Destination destination, CancellationToken cancellationToken) =>
        _runner.RetryAsync(project, destination, cancellationToken);

    /// <summary>All that is known of one record at one destination.</summary>
    public Task<Explanation> ExplainAsync(Project project, Destination destination, string key, CancellationToken cancellationToken) =>
        _runner.ExplainAsync(project, destination, key, cancellationToken);

    /// <summary>Refreshes and builds a model, then gives some of its records.</summary>
    public Task<PreviewResult> PreviewAsync(
        Project project, Model model, PreviewOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        _runner.PreviewAsync(project, model, options, progress, cancellationToken);
}
