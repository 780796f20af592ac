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

    private readonly Option<bool> _serve = new("--serve")
    {
        Description = "Open the web UI on the demo shop, with two runs behind it, until Ctrl-C.",
    };

    private readonly Option<string> _url = new("--url")
    {
        Description = "The address of the web UI; port 0 takes any free one.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:5600",
    };

    public DemoCommand(CommandContext context)
        : base(
            context, "demo", "Sync a small shop to a simulated Braze, change the shop, and sync again: no account needed.",
            "penstock demo", "penstock demo --serve                          # the web UI on the demo shop",
            "penstock demo --dir shop && penstock runs -p shop")
    {
        Add(_folder);
        Add(_serve);
        Add(_url);
        Add(Common.Json);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var kept = invocation.Value(_folder);
        var folder = kept is null ? Directory.CreateTempSubdirectory("penstock-demo-").FullName : Path.GetFullPath(kept,
            invocation.Surroundings.Folder);
        try
        {
            if (invocation.Value(_serve))
            {
                await new DemoServer(invocation.Surroundings, invocation.Screen, folder).RunAsync(
                    invocation.Value(_url) ?? "", cancellationToken);
                return ExitCodes.Well;
            }

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
