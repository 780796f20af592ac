namespace Penstock.Simulators;

/// <summary>A stand-in for a vendor. <see cref="SimulatorRegistry"/> finds every implementation; nothing lists them.</summary>
public interface ISimulator
{
    /// <summary>The vendor's name on the command line, in lower case, such as <c>braze</c>.</summary>
    string Name { get; }

    /// <summary>One line for the help text.</summary>
    string Summary { get; }

    /// <summary>Starts listening on 127.0.0.1.</summary>
    /// <exception cref="ArgumentException">An argument is not one this vendor knows; the message says which are.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    Task<IRunningSimulator> StartAsync(SimulatorArguments arguments, CancellationToken cancellationToken);
}

/// <summary>A simulator that listens. Disposing it stops it and saves its state.</summary>
public interface IRunningSimulator : IAsyncDisposable
{
    /// <summary>Where it listens, such as <c>http://127.0.0.1:4010/</c>.</summary>
    Uri Address { get; }

    /// <summary>Waits until cancelled, then stops cleanly and saves. Does not throw for the cancellation.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a person may say when starting a simulator.</summary>
public sealed record SimulatorArguments
{
    /// <summary>The port; 0, the default, takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>A JSON file that keeps the state between runs; null keeps it in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>The rate limit: <c>default</c>, another word the vendor knows, or a number of requests. Null means the default.</summary>
    public string? Limit { get; init; }

    /// <summary>The API key that is accepted; null means the simulator's own default.</summary>
    public string? Key { get; init; }

    /// <summary>What the key may do, in the vendor's words; null means everything.</summary>
    public IReadOnlySet<string>? Permissions { get; init; }

    /// <summary>How long a write stays invisible; zero, the default, means not at all.</summary>
    public TimeSpan WriteDelay { get; init; }

    /// <summary>The clock of rate limits, delays and timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The simulators of this assembly, by name.</summary>
public static class SimulatorRegistry
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<ISimulator> All { get; } =
    [
        .. typeof(ISimulator).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(ISimulator)))
            .Select(type => Activator.CreateInstance(type, nonPublic: true))
            .OfType<ISimulator>()
            .OrderBy(simulator => simulator.Name, StringComparer.Ordinal),
    ];

    /// <summary>The simulator of that name, in any case; null when there is none.</summary>
    public static ISimulator? Find(string name) =>
        All.FirstOrDefault(simulator => string.Equals(simulator.Name, name, StringComparison.OrdinalIgnoreCase));
}
