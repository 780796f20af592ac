using System.Security.Cryptography;
using Penstock.Cli.Output;
using Penstock.Cli.Wiring;
using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.Cli.Demo;

/// <summary>The demo from an empty folder to its verdict: plan, sync, change the shop, plan, sync, compare.</summary>
internal sealed class DemoRun(Surroundings surroundings, Screen screen, string folder)
{
    private const string Model = "users";

    /// <summary>Runs it.</summary>
    /// <returns>What came of it.</returns>
    public async Task<DemoResult> RunAsync(CancellationToken cancellationToken)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var braze = await BrazeSimulator.StartAsync(new() { Key = key, Time = surroundings.Time }, cancellationToken);
        await DemoFiles.CopyAsync(folder, braze.Address, cancellationToken);
        var shop = new DemoShop(Path.Combine(folder, "shop.db"), surroundings.Time);
        Say($"The shop: 1,000 users and their purchases, in {Path.Combine(folder, "shop.db")}; a simulated Braze at {braze.Address}");
        await shop.LoadAsync(cancellationToken);

        using var composition = new Composition(WithKey(key), folder, null, "penstock demo");
        var project = composition.Services.Projects.Load();
        var first = await SyncAsync(composition, project, "The first sync", cancellationToken);
        var before = braze.Profile(DemoShop.Person);
        await shop.ChangeAsync(cancellationToken);
        Say("The shop changes: 3 users are new (one with a bad e-mail address), 21 change, 8 are deleted, some buy, one gets money back.");
        var second = await SyncAsync(composition, project, "The second sync", cancellationToken);
        var verdict = await JudgeAsync(composition, project, cancellationToken);
        var differences = verdict.Compare(braze.Profiles());
        if (!screen.IsJson)
            PrintEnd([first, second], before, braze, verdict, differences);
        return new([first, second], differences);
    }

    private void PrintEnd(
        IReadOnlyList<RunResult> runs, System.Text.Json.Nodes.JsonObject? before, BrazeSimulator braze, DemoVerdict verdict,
        IReadOnlyList<string> differences)
    {
        DemoPrinter.Heading(screen, $"What Braze holds for user {DemoShop.Person}");
        DemoPrinter.Person(screen, before, braze.Profile(DemoShop.Person));
        DemoPrinter.Heading(screen, "Both syncs");
        DemoPrinter.Runs(screen, runs);
        screen.Line();
        DemoPrinter.Verdict(screen, verdict, differences);
    }

    private async Task<RunResult> SyncAsync(Composition composition, Project project, string title, CancellationToken cancellationToken)
    {
        var models = Named.Models(project, [Model]);
        var request = new RunRequest { Abort = surroundings.Aborted };
        Say($"{title}: the plan");
        await foreach (var plan in composition.Services.Runs.PlanAsync(project, models, request, null, cancellationToken))
        {
            if (!screen.IsJson)
                PlanPrinter.Print(screen, plan);
            Check(plan);
        }

        Say($"{title}: the run");
        using var progress = screen.Progress();
        await foreach (var result in composition.Services.Runs.RunAsync(project, models, request, progress, cancellationToken))
        {
            progress.Dispose();
            if (!screen.IsJson)
                RunPrinter.Print(screen, result);
            Check(result);
            return result;
        }

        throw new InvalidOperationException("The run gave no result.");
    }

    // The demo goes on only from what went well: everything after it would be about something else.
    private static void Check(RunResult result)
    {
        if (result.Status == RunStatus.Cancelled)
            throw new OperationCanceledException();
        if ((result.Problem ?? result.Destinations.Select(served => served.Problem)
            .FirstOrDefault(problem => problem is not null)) is { } problem)
            throw new PenstockException(problem);
        if (result.Destinations.Count != 1)
            throw new InvalidOperationException($"The demo has one destination, and {result.Destinations.Count} were served.");
    }

    private static async Task<DemoVerdict> JudgeAsync(Composition composition, Project project, CancellationToken cancellationToken)
    {
        var inspection = composition.Services.Inspection;
        var destination = project.Destinations[0];
        var refused = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var failure in inspection.FailuresAsync(project, destination, cancellationToken))
            refused.Add(failure.Key);
        var model = await inspection.PreviewAsync(project, project.Model(Model), new() { Limit = int.MaxValue }, null, cancellationToken);
        return new(destination, model, refused);
    }

    private Surroundings WithKey(string key) => surroundings with
    {
        Environment = new Dictionary<string, string>(surroundings.Environment, StringComparer.Ordinal) { ["BRAZE_API_KEY"] = key },
    };

    private void Say(string text)
    {
        if (!screen.IsJson)
            DemoPrinter.Heading(screen, text);
    }
}

/// <summary>What came of a demo.</summary>
/// <param name="Runs">The first and the second sync.</param>
/// <param name="Differences">Where Braze differs from the model; empty when all is well.</param>
internal sealed record DemoResult(IReadOnlyList<RunResult> Runs, IReadOnlyList<string> Differences);
