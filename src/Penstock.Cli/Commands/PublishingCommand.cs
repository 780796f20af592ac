using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Publishing;
using Penstock.Control.Revisions;
using Spectre.Console;

namespace Penstock.Cli.Commands;

/// <summary>A command that moves files between a folder and revisions.</summary>
internal abstract class PublishingCommand : PenstockCommand
{
    private readonly Option<string?> _server = new("--server")
    {
        Description = "A running server instead of the control database; the API key is PENSTOCK_API_KEY's.",
        HelpName = "URL",
    };

    /// <summary>A command of that name.</summary>
    protected PublishingCommand(CommandContext context, string name, string description, params IReadOnlyList<string> examples)
        : base(context, name, description, examples)
    {
    }

    /// <summary>Adds <c>--server</c> and what all commands about a project take.</summary>
    protected void AddTargetOptions()
    {
        Add(_server);
        AddProjectOptions();
    }

    /// <summary>Whether the revisions are elsewhere, so that the folder need not be there.</summary>
    protected bool IsElsewhere(Invocation invocation) =>
        invocation.Value(_server) is not null || invocation.Value(Common.Control) is not null
        || invocation.Surroundings.Variable("PENSTOCK_CONTROL") is { Length: > 0 };

    /// <summary>Does it with where the revisions are.</summary>
    protected async Task<int> WithTargetAsync(Invocation invocation, Func<IRevisionTarget, BaseMarker, Task<int>> act)
    {
        var marker = new BaseMarker(invocation.Composition.Workspace);
        if (invocation.Value(_server) is not { } address)
            return await act(new DatabaseTarget(invocation.Services, invocation.Actor), marker);
        using var server = new ServerTarget(
            address, invocation.Surroundings.Variable("PENSTOCK_API_KEY"), invocation.Surroundings.Time);
        return await act(server, marker);
    }

    /// <summary>Prints what differs.</summary>
    protected static void Print(IAnsiConsole console, IReadOnlyList<ThingChange> changes)
    {
        foreach (var change in changes)
        {
            console.MarkupLine(change.Kind switch
            {
                ChangeKind.Added => $"{Ink.Added("+")} {Ink.Plain(change.Title)}",
                ChangeKind.Removed => $"{Ink.Gone("-")} {Ink.Plain(change.Title)}",
                _ => $"{Ink.Changed("~")} {Ink.Plain(change.Title)}",
            });
            foreach (var detail in change.Details.Where(_ => change.Kind == ChangeKind.Changed))
                console.MarkupLine($"    {Ink.Plain(detail)}");
        }
    }
}
