using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock runs</c>: past runs.</summary>
internal sealed class RunsCommand : PenstockCommand
{
    private const int Shown = 50;

    private readonly Argument<string?> _id = new("ID") { Description = "Show this run in full.", Arity = ArgumentArity.ZeroOrOne };

    public RunsCommand(CommandContext context)
        : base(context, "runs", "List the last runs, or show one with its steps, counts and failures.", "penstock runs", "penstock runs 12",
            "penstock runs --json")
    {
        AddName(_id);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var inspection = invocation.Services.Inspection;
        if (invocation.Value(_id) is { } id)
            Show(invocation.Screen, await inspection.RunAsync(id, cancellationToken));
        else
            List(invocation.Screen, await inspection.RunsAsync(Shown, cancellationToken));
        return ExitCodes.Well;
    }

    private static void List(Screen screen, IReadOnlyList<KeptRun> runs)
    {
        if (screen.IsJson)
            screen.Json(new { runs = runs.Select(KeptRunJson.Short) });
        else if (runs.Count == 0)
            screen.Say(Ink.Plain("No run yet. 'penstock plan' shows what the first would do."));
        else
            KeptRunPrinter.Print(screen, runs);
    }

    private static void Show(Screen screen, KeptRun run)
    {
        if (screen.IsJson)
            screen.Json(new { runs = new[] { KeptRunJson.Full(run) } });
        else
            KeptRunPrinter.Print(screen, run);
    }
}
