namespace Penstock.Simulators.Braze;

/// <summary>Lets the command line find the Braze simulator.</summary>
internal sealed class BrazeVendor : ISimulator
{
    public string Name => "braze";

    public string Summary => "Braze's REST API: users, subscription groups, aliases, export";

    public async Task<IRunningSimulator> StartAsync(SimulatorArguments arguments, CancellationToken cancellationToken)
    {
        var options = new BrazeSimulatorOptions
        {
            Port = arguments.Port,
            StateFile = arguments.StateFile,
            Limit = arguments.Limit is null ? BrazeLimit.Default : BrazeLimit.Parse(arguments.Limit),
            Permissions = arguments.Permissions,
            WriteDelay = arguments.WriteDelay,
            Time = arguments.Time,
        };
        if (arguments.Key is not null)
            options = options with { Key = arguments.Key };
        return await BrazeSimulator.StartAsync(options, cancellationToken);
    }
}
