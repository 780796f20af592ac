using Penstock.Contract;

namespace Penstock.Cli.Output;

/// <summary>Prints what a connector declares.</summary>
internal static class ConnectorPrinter
{
    /// <summary>Options of an app, then each kind of destination with fields, groups and removals.</summary>
    public static void Print(Screen screen, IConnector connector)
    {
        var declaration = connector.Declaration;
        screen.Line(
            $"{Ink.Strong(declaration.Name)}  {Ink.Plain($"type: {declaration.Type}")}  {Ink.Faint(ConnectorJson.Role(connector))}");
        screen.Line(Ink.Plain(declaration.Summary));
        Options(screen, "Options of an app", declaration.App);
        Print(screen, declaration.Destinations);
    }

    /// <summary>Kinds of destination, each with fields, groups and removals.</summary>
    public static void Print(Screen screen, IEnumerable<DestinationKind> kinds)
    {
        foreach (var kind in kinds)
            Print(screen, kind);
    }

    private static void Options(Screen screen, string title, OptionSet? options)
    {
        if (options is null || options.All.Count == 0)
            return;
        screen.Line();
        screen.Line(Ink.Strong(title));
        Tables.Print(screen.Results, ["Option", "Takes", "Default", "Meaning"], options.All.Select(option => new[]
        {
            Ink.Plain(option.Name), Ink.Plain(option.Type.ToString().ToLowerInvariant()),
            Ink.Plain(option.Required ? "required" : option.Default ?? ""),
            Ink.Plain(string.Join(' ', new[] { option.Label + ".", option.Help }.Where(part => part is not null))),
        }));
    }

    private static void Print(Screen screen, DestinationKind kind)
    {
        screen.Line();
        screen.Line(
            $"{Ink.Strong("Destination " + kind.Name)}  {Ink.Plain($"kind: {kind.Id}")}  "
                + $"{Ink.Faint($"sync modes: {string.Join(", ", ConnectorJson.Words(kind.SyncModes))}")}");
        Options(screen, "Options of a destination", kind.Options);
        screen.Line();
        Tables.Print(screen.Results, ["Field", "Type", "Meaning"], new[] { kind.Key }.Concat(kind.Fields).Select(field => new[]
        {
            Ink.Plain(field.Name + (field == kind.Key || field.Required ? " (required)" : "")), Ink.Plain(field.Type.ToString()),
            Ink.Plain(field.Help ?? field.Label),
        }));
        if (kind.CustomFields is { } custom)
            screen.Line(
                $"  and any {Ink.Plain(custom.Word)} of "
                    + $"{Ink.Plain(string.Join(", ", custom.Types.Select(type => type.ToString().ToLowerInvariant())))}");
        foreach (var form in kind.Groups)
            screen.Line($"  group as {Ink.Strong(form.Name)}: {Ink.Plain(form.Label)} {Ink.Faint($"({form.TargetInWords})")}");
        foreach (var removal in kind.Removals)
            screen.Line($"  removal {Ink.Strong(removal.Name)}: {Ink.Plain(removal.Label)}");
    }
}
