using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Simulators;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock simulate</c>: a stand-in for a vendor, until it is stopped.</summary>
internal sealed class SimulateCommand : PenstockCommand
{
    private readonly Argument<string> _vendor =
        new("VENDOR") { Description = "The vendor: " + string.Join(", ", SimulatorRegistry.All.Select(one => one.Name)) + "." };
    private readonly Option<int> _port =
        new("--port") { Description = "The port on 127.0.0.1; 0 takes any free one.", HelpName = "N", DefaultValueFactory = _ => 4010 };
    private readonly Option<string?> _state =
        new("--state") { Description = "A JSON file that keeps the state between runs.", HelpName = "FILE" };
    private readonly Option<string?> _limit =
        new("--limit") { Description = "The rate limit: default, mau, or a number of requests.", HelpName = "default|mau|N" };
    private readonly Option<string?> _key =
        new("--key") { Description = "The API key that is accepted; simulator-key by default.", HelpName = "KEY" };
    private readonly Option<string[]> _permissions = new("--permissions")
    {
        Description = "What the key may do, such as users.track,users.delete; everything by default.",
        HelpName = "LIST",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _delay = new("--delay") { Description = "Milliseconds until a write shows.", HelpName = "MS" };

    public SimulateCommand(CommandContext context)
        : base(
            context, "simulate", "Start a local stand-in for a vendor's API, as strict as the real one.",
            "penstock simulate braze --port 4010", "penstock simulate braze --port 4010 --state braze.json --limit 10",
            "curl -s http://127.0.0.1:4010/_sim/stats        # what it has seen")
    {
        _vendor.CompletionSources.Add(_ => SimulatorRegistry.All.Select(one => one.Name));
        AddName(_vendor);
        Add(_port);
        Add(_state);
        Add(_limit);
        Add(_key);
        Add(_permissions);
        Add(_delay);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Value(_vendor)!; // required by the parser
        var vendor = SimulatorRegistry.Find(name)
            ?? throw Named.Unknown(CommandProblems.UnknownVendor, "simulator", name, SimulatorRegistry.All.Select(one => one.Name));
        await using var simulator = await StartAsync(vendor, ArgumentsOf(invocation), cancellationToken);
        invocation.Screen.Line(Ink.Plain($"{vendor.Name} is simulated at {simulator.Address}"));
        invocation.Screen.Say(Ink.Faint("Stop with Ctrl-C."));
        await simulator.RunAsync(cancellationToken);
        return ExitCodes.Well;
    }

    private SimulatorArguments ArgumentsOf(Invocation invocation)
    {
        var permissions = (invocation.Value(_permissions) ?? []).SelectMany(list => list.Split(',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return new()
        {
            Port = invocation.Value(_port),
            StateFile = invocation.Value(_state) is { } file ? Path.GetFullPath(file, invocation.Surroundings.Folder) : null,
            Limit = invocation.Value(_limit),
            Key = invocation.Value(_key),
            Permissions = permissions.ToHashSet(StringComparer.Ordinal) is { Count: > 0 } set ? set : null,
            WriteDelay = TimeSpan.FromMilliseconds(invocation.Value(_delay)),
            Time = invocation.Surroundings.Time,
        };
    }

    private static async Task<IRunningSimulator> StartAsync(ISimulator vendor, SimulatorArguments arguments,
        CancellationToken cancellationToken)
    {
        try
        {
            return await vendor.StartAsync(arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or InvalidDataException)
        {
            throw new PenstockException(CommandProblems.Simulator.Of(exception.Message), exception);
        }
    }
}
