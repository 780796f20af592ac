using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>Tries apps and tells what is in them.</summary>
public sealed class AppService(ConnectorCatalog connectors, Runner runner)
{
    /// <summary>The connectors at hand.</summary>
    public ConnectorCatalog Connectors => connectors;

    /// <summary>Tries apps one after another; each answer is given as it comes.</summary>
    public async IAsyncEnumerable<AppTest> TestAsync(
        Project project, IReadOnlyList<App> apps,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var app in apps)
            yield return await TestAsync(project, app, cancellationToken);
    }

    /// <summary>The tables of a source app, or the fields of a destination app's kinds.</summary>
    public IAsyncEnumerable<Table> TablesAsync(Project project, App app, CancellationToken cancellationToken) =>
        runner.ListTablesAsync(project, app, cancellationToken);

    /// <summary>One table with its columns.</summary>
    public Task<Table> DescribeAsync(Project project, App app, string table, CancellationToken cancellationToken) =>
        runner.DescribeAsync(project, app, table, cancellationToken);

    private async Task<AppTest> TestAsync(Project project, App app, CancellationToken cancellationToken)
    {
        try
        {
            return new(app.Id, app.Type, await runner.TestAsync(project, app, cancellationToken), null);
        }
        catch (PenstockException exception)
        {
            return new(app.Id, app.Type, null,
                exception.Problem)
            { CouldNotConnect = exception is ConnectionException or DestinationUnavailableException };
        }
    }
}

/// <summary>What came of trying an app.</summary>
/// <param name="App">The app.</param>
/// <param name="Type">Its connector's type.</param>
/// <param name="Reached">What was reached, in a few words; null when it can't be used.</param>
/// <param name="Problem">Why it can't be used.</param>
public sealed record AppTest(string App, string Type, string? Reached, Problem? Problem)
{
    /// <summary>Whether it could not be reached or did not let us in; false when it is good, or its options are wrong.</summary>
    public bool CouldNotConnect { get; init; }
}
