using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Control.Services;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock connectors</c>: what there is to connect to.</summary>
internal sealed class ConnectorsCommand : PenstockCommand
{
    private readonly Argument<string?> _name = new("NAME") { Description = "Show this one in full.", Arity = ArgumentArity.ZeroOrOne };

    public ConnectorsCommand(CommandContext context)
        : base(context, "connectors", "List what Penstock can connect to, or show one in full.", "penstock connectors",
            "penstock connectors braze")
    {
        _name.CompletionSources.Add(_ => Wiring.ConnectorAssemblies.Catalog().All.Select(connector => connector.Declaration.Type));
        AddName(_name);
        AddProjectOptions();
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var catalog = invocation.Composition.Connectors;
        var name = invocation.Value(_name);
        if (name is null)
            List(invocation.Screen, catalog);
        else
            Show(invocation.Screen, catalog.Find(name)
                ?? throw Named.Unknown(CommandProblems.UnknownConnector, "connector", name,
                    catalog.All.Select(connector => connector.Declaration.Type)));
        return Task.FromResult(ExitCodes.Well);
    }

    private static void List(Screen screen, ConnectorCatalog catalog)
    {
        if (screen.IsJson)
        {
            screen.Json(new { connectors = catalog.All.Select(ConnectorJson.Short) });
            return;
        }

        Tables.Print(screen.Results, ["Type", "Name", "Is a", "Summary"], catalog.All.Select(connector => new[]
        {
            Ink.Strong(connector.Declaration.Type), Ink.Plain(connector.Declaration.Name), Ink.Plain(ConnectorJson.Role(connector)),
            Ink.Plain(connector.Declaration.Summary),
        }));
    }

    private static void Show(Screen screen, IConnector connector)
    {
        if (screen.IsJson)
            screen.Json(new { connector = ConnectorJson.Full(connector) });
        else
            ConnectorPrinter.Print(screen, connector);
    }
}
