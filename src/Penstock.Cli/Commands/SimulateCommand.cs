namespace Penstock.Cli.Commands;

/// <summary><c>penstock simulate</c>: a stand-in for a vendor.</summary>
internal sealed class SimulateCommand : PenstockCommand
{
    public SimulateCommand(CommandContext context)
        : base(context, "simulate", "Start a local stand-in for a vendor's API.", "penstock simulate braze --port 4010")
    {
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken) =>
        throw new NotSupportedException(invocation.Folder);
}
