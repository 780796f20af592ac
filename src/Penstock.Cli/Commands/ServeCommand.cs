using System.CommandLine;
using System.Net.Sockets;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Server;
using Penstock.Server.Telemetry;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock serve</c>: the web UI, the API and the schedules, in one process.</summary>
internal sealed class ServeCommand : PenstockCommand
{
    private readonly Option<string?> _publicUrl = new("--public-url")
    {
        Description = "The address by which people reach it, for links in notifications; the first --url by default.",
        HelpName = "URL",
    };

    private readonly Option<string[]> _proxies = new("--trusted-proxy")
    {
        Description = "The address or network of a proxy in front, whose X-Forwarded headers are believed; may be given several times.",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _publicMetrics = new("--public-metrics")
    {
        Description = "Let everybody read /metrics, not only this machine, API keys and people.",
    };

    public ServeCommand(CommandContext context)
        : base(
            context, "serve", "Start the web UI, the API and the schedules.",
            "penstock serve                                # at http://127.0.0.1:5600",
            "penstock serve --url http://0.0.0.0:8080      # for others on the network; put TLS in front")
    {
        Add(Common.Urls);
        Add(_publicUrl);
        Add(Common.AllowedHosts);
        Add(_proxies);
        Add(_publicMetrics);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var server = PenstockServer.Build(new ServerSetup
        {
            Services = invocation.Services,
            Urls = invocation.Value(Common.Urls) ?? [],
            Loggers = invocation.Composition.Log,
            Time = invocation.Surroundings.Time,
            TrustedProxies = invocation.Value(_proxies) ?? [],
            HasPublicMetrics = invocation.Value(_publicMetrics),
            Telemetry = TelemetrySetup.Settings.Where(name => invocation.Surroundings.Variable(name) is { Length: > 0 })
                .ToDictionary(name => name, name => invocation.Surroundings.Variable(name) ?? ""),
        });
        await TakeFilesAsync(invocation, cancellationToken);
        await ListenAsync(server, cancellationToken);
        invocation.Services.Notifications.BaseAddress = new(invocation.Value(_publicUrl) ?? server.Urls.First());
        invocation.Screen.Line(Ink.Plain($"Penstock is at {string.Join(" and ", server.Urls)}"));
        // On standard output as the address is: whoever starts the server must find it, in a service's journal too.
        if (await invocation.Services.People.Invitations.SetupAsync(cancellationToken) is { } link)
            invocation.Screen.Line(Ink.Plain($"Make the first account, once, at {link.Reveal(server.Urls.First())}"));
        invocation.Screen.Say(Ink.Faint("Stop with Ctrl-C."));
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Well;
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="PenstockException">The address is taken, or is none of this machine.</exception>
    internal static async Task ListenAsync(WebApplication server, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or FormatException)
        {
            throw new PenstockException(
                CommandProblems.Listening.Of($"The server can't listen: {exception.Message.TrimEnd('.')}."), exception);
        }
    }

    // A folder that was run from the command line so far goes on as it is: its files are the first revision. Later ones come by
    // 'penstock apply' or from the UI.
    private static async Task TakeFilesAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var services = invocation.Services;
        if (await services.Revisions.NewestNumberAsync(cancellationToken) > 0)
            return;
        var problems = new List<Problem>();
        var files = ProjectReader.Texts(invocation.Composition.Folder, problems);
        if (files.Count == 0)
            return;
        try
        {
            await services.Revisions.ApplyAsync(
                Actor.CommandLine("penstock serve"), files, "The files of the project folder", expectedBase: 0, dryRun: false,
                cancellationToken);
            invocation.Screen.Say(Ink.Faint($"The files of {invocation.Composition.Folder} are revision 1."));
        }
        catch (PenstockException exception)
        {
            invocation.Screen.Say(
                Ink.Plain("The files of the project folder can't be taken over as they are; the server starts without them."));
            invocation.Screen.Fail(exception.Problem);
        }
    }
}
