using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Runs;

/// <summary>What a <see cref="Runner"/> works with; given by the wiring.</summary>
/// <param name="Connectors">The connectors at hand.</param>
/// <param name="Secrets">Opens references to secrets.</param>
/// <param name="Workspace">The folder of the workspaces.</param>
/// <param name="Time">The clock.</param>
public sealed record RunnerSetup(ConnectorCatalog Connectors, ISecretSource Secrets, string Workspace, TimeProvider Time);

/// <summary>Runs models, plans them, and looks into their workspaces. Each call holds the model's workspace for its time.</summary>
public sealed class Runner(RunnerSetup setup)
{
    /// <summary>One run: refresh → build → plan → deliver → finish. Ends in a result whatever happens, but for defects.</summary>
    public Task<RunResult> RunAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>The same up to the plan: nothing is sent, nothing delivered changes.</summary>
    public Task<RunResult> PlanAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>Refreshes and builds, then gives records as rows of text: the columns are the properties.</summary>
    public Task<PreviewResult> PreviewAsync(
        Project project, Model model, PreviewOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>All that is known of one record, from the workspace as the last run or plan left it.</summary>
    public Task<Explanation> ExplainAsync(Project project, Destination destination, string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>Streams the records that a destination refused or could not take, by reason and key.</summary>
    public IAsyncEnumerable<Failure> FailuresAsync(Project project, Destination destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>Lets refused records be tried again by the next run.</summary>
    /// <returns>How many.</returns>
    public Task<long> RetryAsync(Project project, Destination destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>Checks a validated project against its apps: credentials, tables, columns, types, remote fields. Every problem at once.</summary>
    public Task<IReadOnlyList<Problem>> ValidateConnectedAsync(Project project, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>Tries one app.</summary>
    /// <returns>What was reached.</returns>
    /// <exception cref="ConnectionException">Why it can't be used.</exception>
    public Task<string> TestAsync(Project project, App app, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>The tables of a source app, or the fields of a destination app's kinds.</summary>
    public IAsyncEnumerable<Table> ListTablesAsync(Project project, App app, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);

    /// <summary>One table with its columns; a <see cref="SourceException"/> with near names when there is none.</summary>
    public Task<Table> DescribeAsync(Project project, App app, string table, CancellationToken cancellationToken) =>
        throw new NotSupportedException(setup.Workspace);
}

/// <summary>What to show of a model.</summary>
public sealed record PreviewOptions
{
    /// <summary>Only the record of this key; null for any.</summary>
    public string? Record { get; init; }

    /// <summary>Only members of this group; null for all.</summary>
    public string? Group { get; init; }

    /// <summary>Whether only the count is wanted.</summary>
    public bool CountOnly { get; init; }

    /// <summary>The most records. Default 20.</summary>
    public int Limit { get; init; } = 20;
}

/// <summary>A look at a model's records.</summary>
/// <param name="Model">The model.</param>
/// <param name="Group">The group; null for all.</param>
/// <param name="Count">How many records there are, shown or not.</param>
/// <param name="Columns">The properties, then the groups (<c>group:id</c>).</param>
/// <param name="Rows">The records: one value per column as JSON-ready values.</param>
/// <param name="RowProblems">What was wrong with rows of the sources.</param>
public sealed record PreviewResult(
    string Model,
    string? Group,
    long Count,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<Value>> Rows,
    IReadOnlyList<Workspace.RowProblem> RowProblems);
