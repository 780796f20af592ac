using Penstock.Contract;

namespace Penstock.Server.Api;

/// <summary>A connector in a list.</summary>
/// <param name="Type">What <c>type:</c> of an app says.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Source">Whether apps of it can be read.</param>
/// <param name="Destination">Whether apps of it take records.</param>
public sealed record ConnectorPart(string Type, string Name, string Summary, bool Source, bool Destination)
{
    internal static ConnectorPart Of(IConnector connector) => new(
        connector.Declaration.Type, connector.Declaration.Name, connector.Declaration.Summary, connector is ISource,
        connector is IDestination);
}

/// <summary>All that a connector declares.</summary>
/// <param name="Type">What <c>type:</c> of an app says.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Summary">What it is for.</param>
/// <param name="Source">Whether apps of it can be read.</param>
/// <param name="Destination">Whether apps of it take records.</param>
/// <param name="Options">The app's options.</param>
/// <param name="Kinds">The kinds of destinations.</param>
public sealed record ConnectorDetail(
    string Type, string Name, string Summary, bool Source, bool Destination, IReadOnlyList<OptionPart> Options,
    IReadOnlyList<KindPart> Kinds)
{
    internal static ConnectorDetail Of(IConnector connector) => new(
        connector.Declaration.Type, connector.Declaration.Name, connector.Declaration.Summary, connector is ISource,
        connector is IDestination, [.. connector.Declaration.App.All.Select(OptionPart.Of)],
        [.. connector.Declaration.Destinations.Select(KindPart.Of)]);
}

/// <summary>An option.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">Its label in forms.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Help">What it is.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Default">What counts when it is not given.</param>
/// <param name="Example">An example.</param>
/// <param name="Choices">What can be chosen.</param>
public sealed record OptionPart(
    string Name, string Label, OptionType Type, string? Help, bool Required, string? Default, string? Example,
    IReadOnlyList<string> Choices)
{
    internal static OptionPart Of(Option option) => new(
        option.Name, option.Label, option.Type, option.Help, option.Required, option.Default, option.Example,
        [.. option.Choices.Select(choice => choice.Name)]);
}

/// <summary>A kind of destination.</summary>
/// <param name="Id">What <c>kind:</c> says.</param>
/// <param name="Name">What people call it.</param>
/// <param name="SyncModes">sync, additive, enrich: those it can.</param>
/// <param name="Options">Its options.</param>
/// <param name="Fields">Its known fields; the key first.</param>
/// <param name="CustomFields">What fields of one's own may be; null when there are none.</param>
/// <param name="Groups">How groups can be shown.</param>
/// <param name="Removals">What removing can mean.</param>
/// <param name="Limits">What the far end takes.</param>
public sealed record KindPart(
    string Id, string Name, IReadOnlyList<string> SyncModes, IReadOnlyList<OptionPart> Options, IReadOnlyList<KnownFieldPart> Fields,
    CustomFieldsPart? CustomFields, IReadOnlyList<GroupFormPart> Groups, IReadOnlyList<ChoicePart> Removals, LimitsPart Limits)
{
    internal static KindPart Of(DestinationKind kind) => new(
        kind.Id, kind.Name, [.. ConfigurationParts.Words(kind.SyncModes)], [.. (kind.Options?.All ?? []).Select(OptionPart.Of)],
        [.. new[] { kind.Key }.Concat(kind.Fields).Select(field => new KnownFieldPart(
            field.Name, field.Label, field.Type, field.Help, field.Required || field == kind.Key, field.MaxLength, field.Allowed))],
        kind.CustomFields is { } custom
            ? new(custom.Word, custom.Types, custom.Arrays, custom.MaxNameLength == int.MaxValue ? null : custom.MaxNameLength) : null,
        [.. kind.Groups.Select(form => new GroupFormPart(
            form.Name, form.Label, form.Help, form.TargetInWords, [.. form.Leaving.Select(choice => choice.Name)]))],
        [.. kind.Removals.Select(removal => new ChoicePart(removal.Name, removal.Label))],
        new(kind.Limits.Records, kind.Limits.Bytes == int.MaxValue ? null : kind.Limits.Bytes, kind.Limits.Requests,
            kind.Limits.Per.TotalSeconds, kind.Limits.Concurrency));
}

/// <summary>A field that a destination knows.</summary>
/// <param name="Name">Its name at the far end.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Help">What it is.</param>
/// <param name="Required">Whether it must be mapped.</param>
/// <param name="MaxLength">The most characters; null for no limit.</param>
/// <param name="Allowed">The only values it takes; empty for any.</param>
public sealed record KnownFieldPart(
    string Name, string Label, DataType Type, string? Help, bool Required, int? MaxLength, IReadOnlyList<string> Allowed);

/// <summary>What fields of one's own may be.</summary>
/// <param name="Word">What the vendor calls them.</param>
/// <param name="Types">The types.</param>
/// <param name="Arrays">Whether arrays are taken.</param>
/// <param name="MaxNameLength">The longest name; null for no limit.</param>
public sealed record CustomFieldsPart(string Word, IReadOnlyList<DataKind> Types, bool Arrays, int? MaxNameLength);

/// <summary>A way of showing groups at the far end.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Help">What it is.</param>
/// <param name="Target">What the target names, in words.</param>
/// <param name="Leaving">What leaving the group can mean.</param>
public sealed record GroupFormPart(string Name, string Label, string? Help, string Target, IReadOnlyList<string> Leaving);

/// <summary>Something to choose.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Label">What people call it.</param>
public sealed record ChoicePart(string Name, string? Label);

/// <summary>What a far end takes.</summary>
/// <param name="Records">Records in a request.</param>
/// <param name="Bytes">Bytes in a request; null for no limit.</param>
/// <param name="Requests">Requests in a period; null for no limit.</param>
/// <param name="PerSeconds">The period.</param>
/// <param name="Concurrency">Requests at once.</param>
public sealed record LimitsPart(int Records, int? Bytes, int? Requests, double PerSeconds, int Concurrency);
