using Penstock.Cli.Commands;
using Penstock.Cli.Output;
using Penstock.Cli.Wiring;
using Penstock.Control;
using Penstock.Control.Running;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Server;
using Penstock.Simulators.Braze;

namespace Penstock.Cli.Demo;

/// <summary>The demo to click through: the shop, a simulated Braze, two runs with a refused record to look at, and the server.</summary>
internal sealed class DemoServer(Surroundings surroundings, Screen screen, string folder)
{
    private const string Model = "users";
    private const string Key = "demo-key";

    /// <summary>Serves until cancelled.</summary>
    public async Task RunAsync(string url, CancellationToken cancellationToken)
    {
        await using var braze = await BrazeSimulator.StartAsync(new() { Key = Key, Time = surroundings.Time }, cancellationToken);
        await DemoFiles.CopyAsync(folder, braze.Address, cancellationToken);
        var shop = new DemoShop(Path.Combine(folder, "shop.db"), surroundings.Time);
        await shop.LoadAsync(cancellationToken);
        using var composition = new Composition(
            WithKey(), folder, null, "penstock demo --serve", isServer: true, allowedHosts: Composition.ThisMachine);
        var services = composition.Services;
        await services.Revisions.ApplyAsync(
            Actor.CommandLine("penstock demo"), ProjectReader.Texts(folder, []), "The demo", expectedBase: 0, dryRun: false,
            cancellationToken);
        await using var server = PenstockServer.Build(new ServerSetup
        {
            Services = services,
            Urls = [url],
            Loggers = composition.Log,
            Time = surroundings.Time,
        });
        await ServeCommand.ListenAsync(server, cancellationToken);
        services.Notifications.BaseAddress = new(server.Urls.First());
        await SyncAsync(services, cancellationToken);
        await shop.ChangeAsync(cancellationToken);
        await SyncAsync(services, cancellationToken);
        screen.Line(Ink.Plain($"The demo shop is at {server.Urls.First()}; the simulated Braze at {braze.Address} (key {Key})."));
        if (await services.People.Invitations.SetupAsync(cancellationToken) is { } link)
            screen.Line(Ink.Plain($"Make your account, once, at {link.Reveal(server.Urls.First())}"));
        screen.Say(Ink.Plain("Then look at the overview, the last run with its refused record, and Users → Destinations."));
        screen.Say(Ink.Faint("Stop with Ctrl-C."));
        await Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(server, cancellationToken);
    }

    private static async Task SyncAsync(ControlServices services, CancellationToken cancellationToken)
    {
        var run = await services.Coordinator.EnqueueAsync(
            Actor.System, Model, new RunAsk { Trigger = RunTrigger.Command }, cancellationToken);
        await foreach (var picture in services.Coordinator.WatchAsync(run, cancellationToken))
        {
            if (picture.IsFinal)
                return;
        }
    }

    private Surroundings WithKey() => surroundings with
    {
        Environment = new Dictionary<string, string>(surroundings.Environment, StringComparer.Ordinal) { ["BRAZE_API_KEY"] = Key },
    };
}
