using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>A model's workspace held open, brought in order after whatever happened last time.</summary>
internal sealed class ModelSession : IAsyncDisposable
{
    private readonly WorkspaceLease _lease;

    private ModelSession(Project project, Model model, RunnerSetup setup, WorkspaceLease lease)
    {
        (Project, Model, Setup, _lease) = (project, model, setup, lease);
        Apps = new(project, setup);
        Connection = lease.Workspace.Connect();
    }

    public Project Project { get; }

    public Model Model { get; }

    public RunnerSetup Setup { get; }

    public ModelWorkspace Workspace => _lease.Workspace;

    public OpenApps Apps { get; }

    public WorkspaceConnection Connection { get; }

    public DateTime Now => Setup.Time.GetUtcNow().UtcDateTime;

    /// <summary>Opens the workspace, and folds what a killed run had sent.</summary>
    /// <exception cref="PenstockException">The workspace is held, damaged, from a newer version, or the disk is full.</exception>
    public static async Task<ModelSession> OpenAsync(Project project, Model model, RunnerSetup setup, CancellationToken cancellationToken)
    {
        var lease = await WorkspaceLease.OpenAsync(
            setup.Shared,
            new(setup.Workspace, model.Id, setup.Command, setup.WorkspaceOptions) { IsRun = true },
            setup.Time,
            cancellationToken);
        ModelSession? session = null;
        try
        {
            session = new ModelSession(project, model, setup, lease);
            await session.FoldLeftoversAsync(cancellationToken);
            return session;
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>The model with all its types, from the columns of its sources.</summary>
    /// <exception cref="PenstockException">A table, column or type doesn't fit; names the first problem and how many more there
    /// are.</exception>
    public async Task<ResolvedModel> ResolveAsync(CancellationToken cancellationToken)
    {
        var resolution = await ModelResolver.ResolveAsync(Model, source => Apps.Source(source.AppId), cancellationToken);
        var resolved = resolution.OrThrow();
        var problems = TypeCheck.Run(Project, resolved, Setup.Connectors).Where(problem => problem.Severity == Severity.Error).ToList();
        return problems.Count == 0 ? resolved : throw new PenstockException(Together(problems));
    }

    /// <summary>Which tables there are.</summary>
    public async Task<bool> HasTableAsync(Identifier table, CancellationToken cancellationToken) => await Connection.ScalarAsync<long>(
        Sql.Of($"SELECT count(*) FROM duckdb_tables() WHERE table_name = {Value.Of(table.Name)}"), cancellationToken) > 0;

    public async ValueTask DisposeAsync()
    {
        Apps.Dispose();
        await Connection.DisposeAsync();
        await _lease.DisposeAsync();
    }

    private async Task FoldLeftoversAsync(CancellationToken cancellationToken)
    {
        if (!await HasTableAsync(new("sending"), cancellationToken))
            return;
        var destinations = new List<string>();
        await foreach (var row in Connection.QueryAsync(Sql.Of($"SELECT destination FROM sending"), cancellationToken))
            destinations.Add(row.GetString(0));
        foreach (var destination in destinations)
            await new Folding(Connection, destination).FoldAsync(Now, Now - Setup.History, isInterrupted: true, cancellationToken);
    }

    private static Problem Together(IReadOnlyList<Problem> problems) => problems.Count == 1
        ? problems[0]
        : problems[0] with
        {
            Help = $"{problems[0].Help} There are {problems.Count - 1} more problems; `penstock validate --connect` lists them all."
                .TrimStart(),
        };
}
