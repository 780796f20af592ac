using System.CommandLine;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock docs</c>: writes the generated pages; for those who work on Penstock.</summary>
internal sealed class DocsCommand : PenstockCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The docs folder." };

    public DocsCommand(CommandContext context)
        : base(context, "docs", "Write the generated pages: connectors, command line, configuration.", "penstock docs docs")
    {
        Hidden = true;
        Add(_folder);
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken) =>
        throw new NotSupportedException(invocation.Folder);
}
