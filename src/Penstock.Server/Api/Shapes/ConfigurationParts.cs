using System.Text.RegularExpressions;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Api;

/// <summary>An app.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its connector.</param>
/// <param name="Source">Whether it can be read.</param>
/// <param name="Destination">Whether it takes records.</param>
/// <param name="Options">Its options as written; of a credential the reference, such as <c>${secret:braze}</c>, or <c>***</c>.</param>
public sealed record AppPart(
    string Id, string Type, bool Source, bool Destination, IReadOnlyDictionary<string, IReadOnlyList<string>> Options)
{
    internal static AppPart Of(App app, ConnectorCatalog connectors)
    {
        var connector = connectors.Find(app.Type);
        var texts = app.Texts.Select(pair => (pair.Key, Value: (IReadOnlyList<string>)[ConfigurationParts.Shown(connector, pair.Key,
            pair.Value)]));
        return new(app.Id, app.Type, connector is ISource, connector is IDestination,
            texts.Concat(app.Lists.Select(pair => (pair.Key, pair.Value))).ToDictionary(pair => pair.Key, pair => pair.Item2));
    }
}

/// <summary>A model in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Properties">The ids of its properties.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="Destinations">The ids of its destinations.</param>
public sealed record ModelPart(
    string Id, string Name, IReadOnlyList<PropertyPart> Properties, IReadOnlyList<GroupPart> Groups, IReadOnlyList<string> Destinations)
{
    /// <summary>The sources, the primary one first.</summary>
    public IReadOnlyList<SourcePart> Sources { get; init; } = [];

    /// <summary>The property that names records in lists; null for the key.</summary>
    public string? Display { get; init; }

    internal static ModelPart Of(Project project, Model model) => new(
        model.Id, model.Name, [.. model.Properties.Select(property => new PropertyPart(property.Id, property.Type, property.Source))],
        [.. model.Groups.Select(group => new GroupPart(group.Id, group.Name))],
        [.. project.DestinationsOf(model).Select(destination => destination.Id)])
    {
        Sources = [.. model.Sources.Select(source => new SourcePart(source.Name, source.AppId, source.Table))],
        Display = model.Display,
    };
}

/// <summary>A property of a model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its declared type; null for the column's.</param>
/// <param name="Source">The source it comes from; null for a calculated one.</param>
public sealed record PropertyPart(string Id, DataType? Type, string? Source);

/// <summary>A group of a model.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
public sealed record GroupPart(string Id, string Name);

/// <summary>A source of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="App">Its app.</param>
/// <param name="Table">The table; null for a query.</param>
public sealed record SourcePart(string Name, string App, string? Table);

/// <summary>A destination in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="App">The app it sends to.</param>
/// <param name="Kind">What is sent there.</param>
/// <param name="Model">The model it sends.</param>
/// <param name="Group">Only this group's members; null for all.</param>
/// <param name="SyncMode">sync, additive or enrich.</param>
/// <param name="Enabled">Whether runs serve it.</param>
public sealed record DestinationSummary(
    string Id, string Name, string App, string Kind, string Model, string? Group, string SyncMode, bool Enabled)
{
    internal static DestinationSummary Of(Destination destination) => new(
        destination.Id, destination.Name, destination.AppId, destination.Kind, destination.ModelId, destination.GroupId,
        ConfigurationParts.Words(destination.SyncMode).FirstOrDefault() ?? "", destination.IsEnabled);
}

/// <summary>What several shapes of the configuration share.</summary>
internal static partial class ConfigurationParts
{
    /// <summary>The sync modes by their words in files.</summary>
    public static IEnumerable<string> Words(SyncModes modes) =>
        Enum.GetValues<SyncModes>().Where(mode => mode != SyncModes.None && modes.HasFlag(mode))
            .Select(mode => mode.ToString().ToLowerInvariant());

    /// <summary>An option's text as it may be shown: a credential only when it is a reference.</summary>
    public static string Shown(IConnector? connector, string option, string text) =>
        connector?.Declaration.App.Find(option) is { Type: not OptionType.Secret } || Reference().IsMatch(text) ? text : "***";

    [GeneratedRegex(@"^\$\{[a-z]+:[^{}]+\}$", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
