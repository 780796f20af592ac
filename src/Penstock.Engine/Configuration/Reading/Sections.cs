namespace Penstock.Engine.Configuration;

/// <summary>An app, model or destination of the files, not read yet.</summary>
internal sealed record Thing(string Id, Node At, MapNode Body);

/// <summary>Sorts what the files hold: the project, apps, models and destinations.</summary>
internal sealed class Sections(Findings findings)
{
    public MapNode? Project { get; private set; }

    public List<Thing> Apps { get; } = [];

    public List<Thing> Models { get; } = [];

    public List<Thing> Destinations { get; } = [];

    public void Add(Node document)
    {
        if (document is ListNode list)
        {
            foreach (var item in list.Items)
                AddThing(item);
        }
        else
            AddThing(document);
    }

    // A destination has a model: and an app: too, and a model's sources have an app:, so the order decides.
    private void AddThing(Node node)
    {
        if (node is not MapNode map)
            NotOurs(node);
        else if (map.Find("destination") is { } destination)
            Named(destination, map, Destinations);
        else if (map.Find("model") is { } model)
            Named(model, map, Models);
        else if (map.Find("app") is { } app)
            Named(app, map, Apps);
        else if (map.Has("project"))
            AddProject(map);
        else if (map.Entries.Any(entry => ConfigurationKeys.Section.Find(entry.Name) is not null))
            AddSections(new MapReader(map, ConfigurationKeys.Section, "", findings));
        else
            NotOurs(map);
    }

    private void NotOurs(Node node)
    {
        var written = node is MapNode { Entries: [var first, ..] }
            ? Suggestion.For(first.Name, ["project", "model", "destination", "app", "models"]) : null;
        findings.Add(
            ConfigurationProblems.NotOurs, node, "", "This is no part of a Penstock project.",
            written ?? "Begin it with `project:`, `model:` or `destination:`; if it is not configuration, list the file under `ignore:` "
                + "in penstock.yaml.");
    }

    private void AddProject(MapNode map)
    {
        if (Project is { } other)
            findings.Add(
                ConfigurationProblems.ProjectDuplicate, map, "", $"The project is named here and in {other.File}, line {other.Line}.",
                "Keep one of them.");
        Project ??= map;
        AddSections(new MapReader(map, ConfigurationKeys.Project, "", findings));
    }

    private void AddSections(MapReader map)
    {
        AddAll(map, "apps", "app", Apps);
        AddAll(map, "models", "model", Models);
        AddAll(map, "destinations", "destination", Destinations);
    }

    private void AddAll(MapReader map, string key, string idKey, List<Thing> things)
    {
        if (map.Find(key) is ListNode list)
        {
            foreach (var item in list.Items)
            {
                if (item is MapNode body && body.Find(idKey) is { } id)
                    Named(id, body, things);
                else
                    map.Invalid(key, item, $"a list of maps that begin with `{idKey}:`");
            }

            return;
        }

        foreach (var entry in map.Entries(key))
        {
            if (entry.Value is MapNode body)
                things.Add(new(entry.Name, entry.Key, body));
            else
                findings.Add(
                    ConfigurationProblems.InvalidValue, entry.Key, $"{key}.{entry.Name}",
                    $"`{entry.Name}:` takes a map, not {entry.Value.InWords}.");
        }
    }

    private void Named(Entry id, MapNode body, List<Thing> things)
    {
        if (id.Value is ScalarNode { IsNull: false } name)
            things.Add(new(name.Text, name, body));
        else
            findings.Add(ConfigurationProblems.InvalidValue, id.Key, id.Name, $"`{id.Name}:` takes an id, not {id.Value.InWords}.");
    }
}
