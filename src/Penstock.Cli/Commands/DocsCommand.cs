using System.CommandLine;
using Penstock.Cli.Docs;
using Penstock.Cli.Output;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock docs</c>: writes the generated pages; for those who work on Penstock.</summary>
internal sealed class DocsCommand : PenstockCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The docs folder." };

    public DocsCommand(CommandContext context)
        : base(context, "docs", "Write the generated pages: connectors, command line, configuration, problem codes.", "penstock docs docs")
    {
        Hidden = true;
        AddName(_folder);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Value(_folder)!, invocation.Surroundings.Folder); // required by the parser
        foreach (var (name, text) in Pages.All(Root.Create(invocation.Surroundings)))
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the folder
            await File.WriteAllTextAsync(file, text, cancellationToken);
            invocation.Screen.Line(Ink.Plain(file));
        }

        return ExitCodes.Well;
    }
}
