using System.CommandLine;
using Penstock.Cli.Demo;
using Penstock.Cli.Output;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock demo</c>: the whole path with no account and no outside service.</summary>
internal sealed class DemoCommand : PenstockCommand
{
    private readonly Option<string?> _folder = new("--dir")
    {
        Description = "Keep the demo's project, database and workspace in this folder; otherwise they are deleted at the end.",
        HelpName = "DIR",
    };

    public DemoCommand(CommandContext context)
        : base(
            context, "demo", "Sync a small shop to a simulated Braze, change the shop, and sync again: no account needed.",
            "penstock demo", "penstock demo --dir shop && penstock runs -p shop")
    {
        Add(_folder);
        Add(Common.Json);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var kept = invocation.Value(_folder);
        var folder = kept is null ? Directory.CreateTempSubdirectory("penstock-demo-").FullName : Path.GetFullPath(kept,
            invocation.Surroundings.Folder);
        try
        {
            var result = await new DemoRun(invocation.Surroundings, invocation.Screen, folder).RunAsync(cancellationToken);
            var matches = result.Differences.Count == 0;
            if (invocation.Screen.IsJson)
                invocation.Screen.Json(new { RunJson.Runs(result.Runs).Runs, Matches = matches, result.Differences });
            else if (kept is not null)
                invocation.Screen.Say(
                    Ink.Faint(
                        $"Kept in {folder}. Try 'penstock runs -p {kept}' and "
                            + $"'penstock explain braze_users {DemoShop.Person} -p {kept}'."));
            return matches ? ExitCodes.Well : ExitCodes.Usage;
        }
        finally
        {
            if (kept is null)
                Directory.Delete(folder, recursive: true);
        }
    }
}
