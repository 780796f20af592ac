using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// Single things of a project as JSON with the keys of the files: what programs read and write by the API. A model's groups stand by
/// themselves. Reading tells all that is wrong with the thing itself, given the rest of the project.
/// </summary>
public static class ThingJson
{
    private const string File = "body";

    /// <summary>An app.</summary>
    public static JsonObject Write(App app) => Json(
        NodeWriter.Map([("app", NodeWriter.Text(app.Id)), ("type", NodeWriter.Text(app.Type)),
            .. ProjectWriter.Options(app.Texts, app.Lists)]));

    /// <summary>A model without its groups.</summary>
    public static JsonObject Write(Model model) => Json(ModelWriter.Node(model with { Groups = [] }));

    /// <summary>A group.</summary>
    public static JsonObject Write(Model model, Group group)
    {
        var groups = (MapNode?)ModelWriter.Node(model with { Groups = [group] }).Find("groups")?.Value;
        var json = new JsonObject { ["group"] = group.Id };
        foreach (var (key, value) in Json(groups?.Entries[0].Value as MapNode ?? NodeWriter.Map()))
            json[key] = value?.DeepClone();
        return json;
    }

    /// <summary>A destination.</summary>
    public static JsonObject Write(Destination destination) => Json(DestinationWriter.Node(destination));

    /// <summary>Reads an app.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="id">Its id; a body that names another is a problem.</param>
    /// <param name="project">The rest of the project.</param>
    /// <param name="catalog">The connectors at hand.</param>
    /// <param name="problems">Takes all that is wrong with it.</param>
    /// <returns>The app; null when nothing can be made of the JSON.</returns>
    public static App? ReadApp(string json, string id, Project project, ConnectorCatalog catalog, ICollection<Problem> problems) =>
        Read(json, "app", id, project, catalog, problems, (scope, thing) =>
        {
            new AppReader(scope).Read(thing);
            return scope.Apps.LastOrDefault();
        });

    /// <summary>Reads a model; it keeps the groups that it has in the project.</summary>
    /// <inheritdoc cref="ReadApp"/>
    public static Model? ReadModel(string json, string id, Project project, ConnectorCatalog catalog, ICollection<Problem> problems) =>
        Read(json, "model", id, project, catalog, problems, (scope, thing) =>
        {
            scope.Apps.AddRange(project.Apps);
            new ModelReader(scope).Read(thing);
            var groups = project.Models.FirstOrDefault(model => model.Id == id)?.Groups ?? [];
            return scope.Models.LastOrDefault() is { } model ? model.Groups.Count > 0 ? model : model with { Groups = groups } : null;
        });

    /// <summary>Reads a destination.</summary>
    /// <inheritdoc cref="ReadApp"/>
    public static Destination? ReadDestination(
        string json, string id, Project project, ConnectorCatalog catalog, ICollection<Problem> problems) =>
        Read(json, "destination", id, project, catalog, problems, (scope, thing) =>
        {
            scope.Apps.AddRange(project.Apps);
            scope.Models.AddRange(project.Models);
            new DestinationReader(scope).Read(thing);
            return scope.Destinations.LastOrDefault();
        });

    /// <summary>Reads a group, or any rule in the form of one: <c>{"all": [{"property": "ltv", "greater_than": 100}]}</c>.</summary>
    /// <inheritdoc cref="ReadApp"/>
    public static Group? ReadGroup(string json, string id, Project project, ConnectorCatalog catalog, ICollection<Problem> problems) =>
        Read(json, "group", id, project, catalog, problems, (scope, thing) =>
        {
            Ids.Take("group", thing.At, thing.Id, $"groups.{thing.Id}", Ids.None(), scope.Findings);
            var body = thing.Body with { Entries = [.. thing.Body.Entries.Where(entry => entry.Name != "group")] };
            return new RuleReader(scope).ReadGroup(new(new ScalarNode(File, thing.At.Line, id, true), body), $"groups.{id}");
        });

    private static T? Read<T>(
        string json, string word, string id, Project project, ConnectorCatalog catalog, ICollection<Problem> problems,
        Func<Scope, Thing, T?> read)
        where T : class
    {
        var findings = new Findings();
        var documents = YamlComposer.Compose(File, json, findings);
        T? result = null;
        if (documents is [MapNode map])
        {
            var named = map.Find(word)?.Value as ScalarNode;
            if (map.Has(word) && named?.Text != id)
            {
                findings.Add(
                    ConfigurationProblems.InvalidValue, map, word, $"The body's `{word}` is not `{id}`, which the address names.",
                    "Leave it out, or write the same.");
            }

            result = read(new Scope(catalog, project.Folder, findings), new(id, map, map));
        }
        else if (!findings.HasErrors)
            findings.Add(ConfigurationProblems.InvalidValue.Of($"The body is not one {word}.", "Send one JSON object."));

        foreach (var problem in findings.Sorted())
            problems.Add(problem with { File = null });
        return result;
    }

    private static JsonObject Json(MapNode node) => (JsonObject)node.ToJson();
}
