using System.Globalization;
using System.Text;

namespace Penstock.Engine.Configuration;

/// <summary>
/// Writes a project as files that read back as the same project. The text is canonical: equal projects give equal texts, which is how
/// projects are
/// compared. What equals its default is left out. An unfinished project can be written too; reading then says what is missing.
/// </summary>
public static class ProjectWriter
{
    /// <summary>The files by name: <c>penstock.yaml</c>, <c>models/ID.yaml</c>, <c>destinations/ID.yaml</c>.</summary>
    public static IReadOnlyDictionary<string, string> Write(Project project)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["penstock.yaml"] = NodeWriter.Write(Header(project)) };
        foreach (var model in project.Models)
            files[FileName("models", model.Id, files.Keys)] = NodeWriter.Write(ModelWriter.Node(model));
        foreach (var destination in project.Destinations)
            files[FileName("destinations", destination.Id, files.Keys)] = NodeWriter.Write(DestinationWriter.Node(destination));
        return files;
    }

    /// <summary>The whole project as one text: a file's name, then its content.</summary>
    public static string WriteCanonical(Project project)
    {
        var text = new StringBuilder();
        foreach (var (name, content) in Write(project).OrderBy(file => file.Key, StringComparer.Ordinal))
            text.Append("# ").Append(name).Append('\n').Append(content);
        return text.ToString();
    }

    /// <summary>The name of a thing's own file: its id's, when it can be one; never that of another.</summary>
    internal static string FileName(string folder, string id, IReadOnlyCollection<string> taken)
    {
        var stem = Ids.IsMatch(id) ? id
            : Ids.Propose(id) is { Length: > 0 } proposed ? proposed[..Math.Min(60, proposed.Length)] : "unnamed";
        var name = $"{folder}/{stem}.yaml";
        for (var number = 2; taken.Contains(name, StringComparer.OrdinalIgnoreCase); number++)
            name = $"{folder}/{stem}-{number}.yaml";
        return name;
    }

    internal static MapNode Header(Project project, Node? ignore = null) => NodeWriter.Map(
        ("project", NodeWriter.Text(project.Name)),
        ("time_zone", Zone(project.TimeZone)),
        ("default_country", Optional(project.DefaultCountry)),
        ("ignore", ignore),
        ("apps", project.Apps.Count == 0 ? null : NodeWriter.Map(project.Apps.Select(app => (app.Id, (Node?)App(app))))));

    internal static MapNode App(App app) => NodeWriter.Map([("type", Optional(app.Type, unless: "")), .. Options(app.Texts, app.Lists)]);

    internal static IEnumerable<(string Key, Node? Value)> Options(
        IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, IReadOnlyList<string>> lists) =>
        texts.Select(pair => (pair.Key, (Node?)NodeWriter.Text(pair.Value)))
            .Concat(lists.Select(pair => (pair.Key, (Node?)NodeWriter.List(pair.Value))))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    internal static Node? Optional(string? text, string? unless = null) => text is null || text == unless ? null : NodeWriter.Text(text);

    internal static Node? Zone(TimeZoneInfo zone) => zone.Id == TimeZoneInfo.Utc.Id ? null : NodeWriter.Text(zone.Id);
}

/// <summary>Writes a destination.</summary>
internal static class DestinationWriter
{
    private const double DefaultThreshold = 0.1;

    public static MapNode Node(Destination destination)
    {
        var options = ProjectWriter.Options(destination.Texts, destination.Lists).ToList();
        return NodeWriter.Map(
            ("destination", NodeWriter.Text(destination.Id)),
            ("name", ProjectWriter.Optional(destination.Name, unless: destination.Id)),
            ("enabled", destination.IsEnabled ? null : NodeWriter.Plain("false")),
            ("app", ProjectWriter.Optional(destination.AppId, unless: "")),
            ("kind", NodeWriter.Text(destination.Kind)),
            ("model", ProjectWriter.Optional(destination.ModelId, unless: "")),
            ("group", ProjectWriter.Optional(destination.GroupId)),
            ("sync_mode", NodeWriter.Text(destination.SyncMode.ToString().ToLowerInvariant())),
            ("mapping", Mapping(destination, isCustom: false)),
            ("custom", Mapping(destination, isCustom: true)),
            ("groups", destination.Groups.Count == 0 ? null : NodeWriter.List(destination.Groups.Select(Group))),
            ("removal", ProjectWriter.Optional(destination.Removal, unless: "")),
            ("guards", destination.RemovalThreshold == DefaultThreshold ? null : Guards(destination.RemovalThreshold)),
            ("options", options.Count == 0 ? null : NodeWriter.Map(options)));
    }

    private static MapNode Guards(double threshold) =>
        NodeWriter.Map(("removals", NodeWriter.Plain(
            threshold is >= 0 and <= 1 ? ((decimal)threshold).ToString(CultureInfo.InvariantCulture)
                : threshold.ToString("R", CultureInfo.InvariantCulture))));

    private static MapNode? Mapping(Destination destination, bool isCustom)
    {
        var fields = destination.Mapping.Where(mapping => mapping.IsCustom == isCustom).ToList();
        return fields.Count == 0 ? null : NodeWriter.Map(fields.Select(mapping => (mapping.Field, (Node?)Field(mapping))));
    }

    private static Node Field(FieldMapping mapping)
    {
        if (mapping.Property is { Length: > 0 } property && mapping.Default.IsNull && mapping.Nulls == Nulls.Clear)
            return NodeWriter.Text(property);
        return NodeWriter.Map(
            ("property", ProjectWriter.Optional(mapping.Property, unless: "")),
            ("value", mapping.Constant.IsNull ? null : NodeWriter.Of(mapping.Constant)),
            ("default", mapping.Default.IsNull ? null : NodeWriter.Of(mapping.Default)),
            ("nulls", mapping.Nulls == Nulls.Keep ? NodeWriter.Text("keep") : null));
    }

    private static MapNode Group(GroupMapping mapping) => NodeWriter.Map(
        ("group", NodeWriter.Text(mapping.GroupId)),
        (mapping.Form, mapping.Form.Length == 0 ? null : NodeWriter.Text(mapping.Target)),
        ("leaving", ProjectWriter.Optional(mapping.Leaving, unless: "")),
        ("name", ProjectWriter.Optional(mapping.Name, unless: "")));
}
