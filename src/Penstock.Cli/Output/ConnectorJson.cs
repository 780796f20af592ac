using Penstock.Contract;

namespace Penstock.Cli.Output;

/// <summary>Connectors in the form of their JSON.</summary>
internal static class ConnectorJson
{
    /// <summary>Source, destination, or both.</summary>
    public static string Role(IConnector connector) => (connector is ISource, connector is IDestination) switch
    {
        (true, true) => "source and destination",
        (true, false) => "source",
        _ => "destination",
    };

    /// <summary>One line of the list.</summary>
    public static object Short(IConnector connector) => new
    {
        connector.Declaration.Type,
        connector.Declaration.Name,
        connector.Declaration.Summary,
        Source = connector is ISource,
        Destination = connector is IDestination,
    };

    /// <summary>All that it declares.</summary>
    public static object Full(IConnector connector) => new
    {
        connector.Declaration.Type,
        connector.Declaration.Name,
        connector.Declaration.Summary,
        Source = connector is ISource,
        Destination = connector is IDestination,
        Options = connector.Declaration.App.All.Select(Option),
        Kinds = connector.Declaration.Destinations.Select(Kind),
    };

    private static object Option(Option option) => new
    {
        option.Name,
        option.Label,
        option.Type,
        option.Help,
        option.Required,
        option.Default,
        option.Example,
        Choices = option.Choices.Select(choice => choice.Name),
    };

    /// <summary>A kind of destination.</summary>
    public static object Kind(DestinationKind kind) => new
    {
        kind.Id,
        kind.Name,
        SyncModes = Words(kind.SyncModes),
        Options = kind.Options?.All.Select(Option) ?? [],
        Fields = new[] { kind.Key }.Concat(kind.Fields).Select(field => new
        {
            field.Name,
            field.Label,
            Type = field.Type.ToString(),
            field.Help,
            Required = field.Required || field == kind.Key,
            field.MaxLength,
            field.Allowed,
        }),
        CustomFields = kind.CustomFields is { } custom
            ? new
            {
                custom.Word,
                Types = custom.Types,
                custom.Arrays,
                MaxNameLength = custom.MaxNameLength == int.MaxValue ? null : (int?)custom.MaxNameLength
            }
            : null,
        Groups =
            kind.Groups.Select(
                form => new
                {
                    form.Name,
                    form.Label,
                    form.Help,
                    Target = form.TargetInWords,
                    Leaving = form.Leaving.Select(choice => choice.Name)
                }),
        Removals = kind.Removals.Select(removal => new { removal.Name, removal.Label }),
        Limits =
            new
            {
                kind.Limits.Records,
                Bytes = kind.Limits.Bytes == int.MaxValue ? null : (int?)kind.Limits.Bytes,
                kind.Limits.Requests,
                PerSeconds = kind.Limits.Per.TotalSeconds,
                kind.Limits.Concurrency
            },
    };

    /// <summary>The sync modes by their words in files.</summary>
    public static IEnumerable<string> Words(SyncModes modes) =>
        Enum.GetValues<SyncModes>().Where(mode => mode != SyncModes.None && modes.HasFlag(mode))
            .Select(mode => mode.ToString().ToLowerInvariant());
}
