namespace Penstock.Cli.Commands;

/// <summary><c>penstock demo</c>.</summary>
internal sealed class DemoCommand : PenstockCommand
{
    public DemoCommand(CommandContext context)
        : base(context, "demo", "Sync a small shop to a simulated Braze, twice: no account needed.", "penstock demo")
    {
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken) =>
        throw new NotSupportedException(invocation.Folder);
}
