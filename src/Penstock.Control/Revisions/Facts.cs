using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>What is so in a project, thing by thing, in people's words.</summary>
internal sealed class Facts(Project? project, ConnectorCatalog connectors)
{
    /// <summary>What people call a thing.</summary>
    public string Title(string thing) => Find(thing) switch
    {
        App app => $"App *{app.Id}*",
        Model model => $"Model *{model.Name}*",
        Group group => $"Group *{group.Name}*",
        Destination destination => $"Destination *{destination.Name}*",
        _ => "Project",
    };

    /// <summary>What is so about it; nothing when it isn't there.</summary>
    public IReadOnlyList<Fact> Of(string thing) => Find(thing) switch
    {
        Project found => [.. OfProject(found)],
        App app => [.. OfApp(app)],
        Model model => [.. ModelFacts.Of(model)],
        Group group => [.. RuleFacts.Of(group)],
        Destination destination => [.. OfDestination(destination)],
        _ => [],
    };

    private object? Find(string thing) => project is null ? null : thing.Split(':', 2) switch
    {
        ["project"] => project,
        ["app", var id] => project.Apps.FirstOrDefault(app => app.Id == id),
        ["model", var id] => project.Models.FirstOrDefault(model => model.Id == id),
        ["group", var name] when name.Split('/', 2) is [var model, var id] =>
            project.Models.FirstOrDefault(candidate => candidate.Id == model)?.Groups.FirstOrDefault(group => group.Id == id),
        ["destination", var id] => project.Destinations.FirstOrDefault(destination => destination.Id == id),
        _ => null,
    };

    private static IEnumerable<Fact> OfProject(Project project)
    {
        yield return new("name", "name:", $"*{project.Name}*");
        yield return new("zone", "time zone:", project.TimeZone.Id);
        if (project.DefaultCountry is { } country)
            yield return new("country", "default country:", country);
    }

    private IEnumerable<Fact> OfApp(App app)
    {
        var declared = connectors.Find(app.Type)?.Declaration;
        yield return new("type", "type:", declared?.Name ?? app.Type);
        foreach (var fact in Options(app.Texts, app.Lists, declared?.App))
            yield return fact;
    }

    private static IEnumerable<Fact> Options(
        IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, IReadOnlyList<string>> lists, OptionSet? declared)
    {
        foreach (var (name, text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var isHidden = declared?.Find(name) is { Type: OptionType.Secret } && !SecretReferences.IsReference(text);
            yield return new($"option:{name}", $"{Label(declared, name)}:", isHidden ? "***" : text) { Removed = "removed:" };
        }

        foreach (var (name, list) in lists.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            yield return new($"option:{name}", $"{Label(declared, name)}:", string.Join(", ", list)) { Removed = "removed:" };
    }

    private static string Label(OptionSet? declared, string name) => declared?.Find(name)?.Label ?? $"`{name}`";

    private IEnumerable<Fact> OfDestination(Destination destination)
    {
        yield return new("name", "name:", $"*{destination.Name}*");
        yield return new("enabled", "is switched", destination.IsEnabled ? "on" : "off");
        yield return new("app", "sends to the app", $"*{destination.AppId}*");
        yield return new("kind", "kind:", destination.Kind);
        yield return new("model", "sends the model", $"*{destination.ModelId}*");
        yield return new("group", "sends", destination.GroupId is { } group ? $"only the group *{group}*" : "all records");
        yield return new("mode", "sync mode:", destination.SyncMode.ToString().ToLowerInvariant());
        if (destination.Removal.Length > 0)
            yield return new("removal", "removes by", destination.Removal);
        yield return new("guard", "asks for approval above", Share(destination.RemovalThreshold) + " of removals");
        foreach (var mapping in destination.Mapping)
            yield return Mapping(mapping);
        foreach (var mapping in destination.Groups)
        {
            yield return new($"group:{mapping.GroupId}:{mapping.Form}:{mapping.Target}",
                $"shows the group *{mapping.GroupId}* as {Spaced(mapping.Form)} `{mapping.Target}`"
                + (mapping.Name.Length == 0 ? "" : $" (*{mapping.Name}*)"),
                mapping.Leaving.Length == 0 ? "" : $"(leaving: {Spaced(mapping.Leaving)})");
        }

        var kind = project?.Apps.FirstOrDefault(app => app.Id == destination.AppId) is { } app
            ? connectors.Find(app.Type)?.Declaration.Destinations.FirstOrDefault(candidate => candidate.Id == destination.Kind) : null;
        foreach (var fact in Options(destination.Texts, destination.Lists, kind?.Options))
            yield return fact;
    }

    private static Fact Mapping(FieldMapping mapping)
    {
        var value = mapping.Property is { Length: > 0 } property ? $"*{Spaced(property)}*"
            : mapping.Constant.IsNull ? "nothing yet" : $"the constant “{mapping.Constant}”";
        if (!mapping.Default.IsNull)
            value += $", “{mapping.Default}” for null";
        if (mapping.Nulls == Nulls.Keep)
            value += ", null leaves the field as it is";
        var words = $"maps {(mapping.IsCustom ? "the custom field " : "")}`{mapping.Field}` from";
        return new($"map:{mapping.IsCustom}:{mapping.Field}", words, value);
    }

    internal static string Spaced(string id) => id.Replace('_', ' ');

    private static string Share(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
