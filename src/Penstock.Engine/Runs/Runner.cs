using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Refreshing;

namespace Penstock.Engine.Runs;

/// <summary>Runs models, plans them, and looks into their workspaces. Each call holds the model's workspace for its time.</summary>
public sealed class Runner(RunnerSetup setup)
{
    /// <summary>What it works with.</summary>
    internal RunnerSetup Setup => setup;

    /// <summary>
    /// A runner for an unpublished configuration. Its workspaces lie in <c>drafts/</c><paramref name="draft"/> beside the live ones, which
    /// it copies when it loads or plans and otherwise leaves alone; it sends nothing. Looking into a model that was not loaded in the
    /// draft shows the live workspace.
    /// </summary>
    /// <param name="draft">The draft's id: at most 100 letters, digits, <c>-</c> and <c>_</c>.</param>
    public Runner Draft(string draft) => new(setup with
    {
        Workspace = Drafts.Folder(setup.Live ?? setup.Workspace, draft),
        Live = setup.Live ?? setup.Workspace,
    });

    /// <summary>Deletes a draft's workspaces, once it is published or thrown away; waits until nobody looks into them.</summary>
    /// <param name="draft">The draft's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DiscardDraftAsync(string draft, CancellationToken cancellationToken) =>
        Drafts.DiscardAsync(Draft(draft).Setup, cancellationToken);

    /// <summary>Reads the sources and builds records and groups, so that they can be looked into; plans and sends nothing.</summary>
    /// <exception cref="PenstockException">A source or the workspace can't be used, or the model doesn't fit its sources.</exception>
    public async Task<LoadResult> LoadAsync(
        Project project, Model model, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        var started = setup.Time.GetTimestamp();
        if (setup.Live is not null)
            await Drafts.CopyAsync(setup, model.Id, cancellationToken);
        await using var session = await ModelSession.OpenAsync(project, model, setup, cancellationToken);
        var run = new ModelRun(session, new() { Id = "load" }, progress);
        var (_, _, built) = await run.BuildAsync(cancellationToken);
        return new(built.Records, built.Groups, run.RowProblems, setup.Time.GetElapsedTime(started));
    }

    /// <summary>
    /// One run: refresh → build → plan → deliver → finish. Ends in a result whatever happens, but for defects. A draft's runner does not
    /// run.
    /// </summary>
    public Task<RunResult> RunAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        setup.Live is null
            ? ExecuteAsync(project, model, options, isPlanOnly: false, progress, cancellationToken)
            : throw new InvalidOperationException("A draft is published before it runs.");

    /// <summary>The same up to the plan: nothing is sent, nothing delivered changes.</summary>
    public Task<RunResult> PlanAsync(
        Project project, Model model, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        ExecuteAsync(project, model, options, isPlanOnly: true, progress, cancellationToken);

    /// <summary>Refreshes and builds, then gives records as rows of values: the columns are the properties, then the groups.</summary>
    /// <exception cref="PenstockException">A source or the workspace can't be used, or the model doesn't fit its sources.</exception>
    public async Task<PreviewResult> PreviewAsync(
        Project project, Model model, PreviewOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        await using var session = await ModelSession.OpenAsync(project, model, setup, cancellationToken);
        var run = new ModelRun(session, new() { Id = "preview" }, progress);
        var (_, compiled, built) = await run.BuildAsync(cancellationToken);
        var filter = new RecordFilter { Key = options.Record, Group = options.Group, Limit = options.Limit };
        var count = await RecordPreview.CountAsync(session.Connection, filter, cancellationToken);
        var rows = new List<IReadOnlyList<Value>>();
        if (!options.CountOnly)
        {
            await foreach (var record in RecordPreview.ReadAsync(session.Connection, compiled, filter, cancellationToken))
            {
                rows.Add([.. model.Properties.Select(property => record.Values[property.Id]),
                    .. model.Groups.Select(group => Value.Of(record.Groups.Contains(group.Id)))]);
            }
        }

        string[] columns = [.. model.Properties.Select(property => property.Id), .. model.Groups.Select(group => "group:" + group.Id)];
        return new(model.Id, options.Group, count, columns, rows, built.Problems);
    }

    /// <summary>All that is known of one record, from the workspace as the last run or plan left it.</summary>
    /// <exception cref="PenstockException">The workspace can't be used, or nothing was ever built in it.</exception>
    public async Task<Explanation> ExplainAsync(Project project, Destination destination, string key, CancellationToken cancellationToken)
    {
        var model = project.Model(destination.ModelId);
        await using var session = await ModelSession.OpenAsync(project, model, setup, cancellationToken);
        if (!await session.HasTableAsync(Layout.Records, cancellationToken))
        {
            throw new PenstockException(new(
                "workspace.empty", $"Nothing is known of the records of {model.Id} yet.",
                $"Run `penstock plan {model.Id}` or `penstock run {model.Id}` first."));
        }

        return await new RecordExplainer(session, destination).ExplainAsync(key, cancellationToken);
    }

    /// <summary>Streams the records that a destination refused or could not take, by reason and key.</summary>
    /// <exception cref="PenstockException">The workspace can't be used.</exception>
    public async IAsyncEnumerable<Failure> FailuresAsync(
        Project project, Destination destination, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await ModelSession.OpenAsync(project, project.Model(destination.ModelId), setup, cancellationToken);
        if (!await session.HasTableAsync(Layout.Refused(destination.Id), cancellationToken))
            yield break;
        await foreach (var failure in Failures.ReadAsync(session.Connection, destination.Id, null, cancellationToken))
            yield return failure;
    }

    /// <summary>Lets refused records be tried again by the next run.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="PenstockException">The workspace can't be used.</exception>
    public async Task<long> RetryAsync(Project project, Destination destination, CancellationToken cancellationToken)
    {
        await using var session = await ModelSession.OpenAsync(project, project.Model(destination.ModelId), setup, cancellationToken);
        return await session.HasTableAsync(Layout.Refused(destination.Id), cancellationToken)
            ? await Failures.ForgetAsync(session.Connection, destination.Id, cancellationToken)
            : 0;
    }

    /// <summary>Checks a validated project against its apps: credentials, tables, columns, types. Every problem at once.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "One app that can't be used must not hide the others' problems.")]
    public async Task<IReadOnlyList<Problem>> ValidateConnectedAsync(Project project, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        using var apps = Trying(project);
        var unusable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var app in project.Apps)
        {
            try
            {
                await TestAsync(apps, app, cancellationToken);
            }
            catch (PenstockException error)
            {
                unusable.Add(app.Id);
                problems.Add(error.Problem.File is null && app.Position is { } position ? position.At(error.Problem) : error.Problem);
            }
        }

        // A model over an app that can't be reached would only repeat what is said of the app.
        foreach (var model in project.Models.Where(model => !model.Sources.Any(source => unusable.Contains(source.AppId))))
        {
            var resolution = await ModelResolver.ResolveAsync(model, source => apps.Source(source.AppId), cancellationToken);
            problems.AddRange(resolution.Problems);
            problems.AddRange(resolution.Unreachable.Select(error => error.Problem));
            if (resolution.Model is { } resolved)
                problems.AddRange(TypeCheck.Run(project, resolved, setup.Connectors));
        }

        return problems;
    }

    /// <summary>Tries one app.</summary>
    /// <returns>What was reached.</returns>
    /// <exception cref="PenstockException">Why it can't be used.</exception>
    public async Task<string> TestAsync(Project project, App app, CancellationToken cancellationToken)
    {
        using var apps = Trying(project);
        return await TestAsync(apps, app, cancellationToken);
    }

    /// <summary>The tables of a source app.</summary>
    /// <exception cref="PenstockException">It can't be used, or it has no tables.</exception>
    public async IAsyncEnumerable<Table> ListTablesAsync(Project project, App app,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var apps = new OpenApps(project, setup);
        var source = apps.Source(app.Id);
        await foreach (var table in source.Source.ListTablesAsync(source.App, source.Http, cancellationToken))
            yield return table;
    }

    /// <summary>One table with its columns.</summary>
    /// <exception cref="PenstockException">There is no such table, or the app can't be used.</exception>
    public async Task<Table> DescribeAsync(Project project, App app, string table, CancellationToken cancellationToken)
    {
        using var apps = new OpenApps(project, setup);
        var source = apps.Source(app.Id);
        return await source.Source.DescribeAsync(source.App, Identifier.Parse(table), source.Http, cancellationToken)
            ?? throw new SourceException(new(
                "source.unknown_table", $"The app `{app.Id}` has no table `{table}`.", $"`penstock describe {app.Id}` lists its tables."));
    }

    /// <summary>Asks an app a query and gives SHA-256 of its answer, of which the first 1,000 rows count. Only reads.</summary>
    /// <exception cref="PenstockException">The app can't be used, or the query failed.</exception>
    public async Task<string> AnswerAsync(Project project, string appId, string query, CancellationToken cancellationToken)
    {
        using var apps = new OpenApps(project, setup);
        var source = apps.Source(appId);
        using var answer = new AnswerHash();
        try
        {
            await source.Source.ReadAsync(
                source.App, new(Sql.Trusted(query)) { TimeOut = TimeSpan.FromMinutes(1) }, answer, source.Http, cancellationToken);
        }
        catch (Exception exception) when (IsEnough(exception))
        {
            // The rows that count have come.
        }

        return answer.Hex();
    }

    private static bool IsEnough(Exception? exception) =>
        exception is AnswerHash.EnoughException || (exception is not null && IsEnough(exception.InnerException));

    // Somebody waits for the answer: what doesn't answer twice is said to be away.
    private OpenApps Trying(Project project) =>
        new(project, setup with { Delivery = setup.Delivery with { Tries = Math.Min(2, setup.Delivery.Tries) } });

    private static Task<string> TestAsync(OpenApps apps, App app, CancellationToken cancellationToken)
    {
        var open = apps.Open(app.Id);
        return open.Connector.TestAsync(open.Options, open.Http, cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here a run ends: whatever cancelling made of an exception, it was cancelled.")]
    private async Task<RunResult> ExecuteAsync(
        Project project, Model model, RunOptions options, bool isPlanOnly, IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        var (startedAt, started) = (setup.Time.GetUtcNow(), setup.Time.GetTimestamp());
        RunResult Ended(RunStatus status, Problem problem, ConnectionFault? fault) => new()
        {
            Id = isPlanOnly ? null : options.Id,
            Model = model.Id,
            Status = status,
            StartedAt = startedAt,
            Elapsed = setup.Time.GetElapsedTime(started),
            Problem = problem,
            Fault = fault,
        };

        try
        {
            if (setup.Live is not null && !(options.Loaded && Drafts.Has(setup, model.Id)))
                await Drafts.CopyAsync(setup, model.Id, cancellationToken);
            await using var session = await ModelSession.OpenAsync(project, model, setup, cancellationToken);
            return await new ModelRun(session, options, progress).ExecuteAsync(isPlanOnly, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return Ended(RunStatus.Cancelled,
                new("run.cancelled", "The run was cancelled before anything was sent.", "The next run begins anew."), null);
        }
        catch (PenstockException error)
        {
            return Ended(RunStatus.Failed, error.Problem, DestinationResults.FaultOf(error));
        }
    }
}
