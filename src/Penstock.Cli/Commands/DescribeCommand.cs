using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock describe</c>: what is in an app.</summary>
internal sealed class DescribeCommand : PenstockCommand
{
    private readonly Argument<string> _app;
    private readonly Argument<string?> _table =
        new("TABLE") { Description = "Show this table's columns.", Arity = ArgumentArity.ZeroOrOne };

    public DescribeCommand(CommandContext context)
        : base(
            context, "describe", "List the tables of an app (the fields, for a destination), or a table's columns.",
            "penstock describe shop", "penstock describe shop users", "penstock describe braze")
    {
        _app = Completed(new Argument<string>("APP") { Description = "The app." }, project => project.Apps.Select(app => app.Id));
        AddName(_app);
        Add(_table);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var app = Named.App(project, invocation.Value(_app)!); // required by the parser
        if (invocation.Services.Apps.Connectors.Find(app.Type) is { } connector and not ISource)
            ShowKinds(invocation.Screen, app, connector, invocation.Value(_table));
        else if (invocation.Value(_table) is { } name)
            Show(invocation.Screen, app, await invocation.Services.Apps.DescribeAsync(project, app, name, cancellationToken));
        else
            List(invocation.Screen, app, await Collect(invocation.Services.Apps.TablesAsync(project, app, cancellationToken)));
        return ExitCodes.Well;
    }

    // What a destination app has is declared: nothing is asked of the far end.
    private static void ShowKinds(Screen screen, App app, IConnector connector, string? kind)
    {
        var all = connector.Declaration.Destinations;
        var shown = kind is null ? all : [all.FirstOrDefault(candidate => candidate.Id == kind)
            ?? throw Named.Unknown(CommandProblems.UnknownKind, $"kind of {connector.Declaration.Name}", kind,
                all.Select(candidate => candidate.Id))];
        if (screen.IsJson)
            screen.Json(new { App = app.Id, Kinds = shown.Select(ConnectorJson.Kind) });
        else
            ConnectorPrinter.Print(screen, shown);
    }

    private static async Task<List<Table>> Collect(IAsyncEnumerable<Table> tables)
    {
        var all = new List<Table>();
        await foreach (var table in tables)
            all.Add(table);
        return all;
    }

    private static void List(Screen screen, App app, List<Table> tables)
    {
        if (screen.IsJson)
        {
            screen.Json(new
            {
                App = app.Id,
                Tables = tables.Select(table => new { Table = table.Written, table.Kind, table.RowEstimate }),
            });
            return;
        }

        Tables.Print(screen.Results, ["Table", "Kind", "#Rows (about)"], tables.Select(table => new[]
        {
            Ink.Strong(table.Written), Ink.Plain(table.Kind), table.RowEstimate is { } rows ? Ink.Number(rows) : "",
        }));
    }

    private static void Show(Screen screen, App app, Table table)
    {
        if (screen.IsJson)
        {
            screen.Json(new
            {
                App = app.Id,
                Table = table.Written,
                table.Kind,
                table.RowEstimate,
                table.PrimaryKey,
                Columns =
                    table.Columns.Select(column => new { column.Name, Type = column.Type.ToString(), column.NativeType, column.Nullable }),
            });
            return;
        }

        screen.Line(
            $"{Ink.Strong(table.Written)}  "
                + $"{Ink.Faint(table.Kind)}{(table.RowEstimate is { } rows ? Ink.Plain($"  about {Ink.Count(rows, "row")}") : "")}");
        Tables.Print(screen.Results, ["Column", "Property type", "There", "Null", "Key"], table.Columns.Select(column => new[]
        {
            Ink.Strong(column.Name), Ink.Plain(column.Type.ToString()), Ink.Plain(column.NativeType), column.Nullable ? "yes" : "no",
            table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal) ? "key" : "",
        }));
    }
}
