using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Server;
using Penstock.Server.Telemetry;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock serve</c>: the web UI, the API and the schedules, in one process.</summary>
internal sealed class ServeCommand : PenstockCommand
{
    private readonly Option<string[]> _urls = new("--url")
    {
        Description = "The address to listen at; may be given several times.",
        HelpName = "URL",
        DefaultValueFactory = _ => ["http://127.0.0.1:5600"],
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
        Add(_urls);
        Add(_publicMetrics);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var server = PenstockServer.Build(new ServerSetup
        {
            Services = invocation.Services,
            Urls = invocation.Value(_urls) ?? [],
            Loggers = invocation.Composition.Log,
            Time = invocation.Surroundings.Time,
            HasPublicMetrics = invocation.Value(_publicMetrics),
            Telemetry = TelemetrySetup.Settings.Where(name => invocation.Surroundings.Variable(name) is { Length: > 0 })
                .ToDictionary(name => name, name => invocation.Surroundings.Variable(name) ?? ""),
        });
        await server.StartAsync(cancellationToken);
        invocation.Screen.Line(Ink.Plain($"Penstock is at {string.Join(" and ", server.Urls)}"));
        invocation.Screen.Say(Ink.Faint("Stop with Ctrl-C."));
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Well;
    }
}
