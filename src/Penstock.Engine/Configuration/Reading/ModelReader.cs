using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads the models. Apps are read before.</summary>
internal sealed class ModelReader(Scope scope)
{
    // More than any table has columns; what follows compares properties with each other.
    private const int MostProperties = 2_000;
    private readonly Dictionary<string, Node> _taken = Ids.None();

    public void Read(Thing thing)
    {
        var path = $"models.{thing.Id}";
        if (!Ids.Take("model", thing.At, thing.Id, path, _taken, scope.Findings))
            return;
        var map = new MapReader(thing.Body, ConfigurationKeys.Model, path, scope.Findings);
        var sources = WithApps(InOrder(ReadSources(map), map));
        var model = new Model(thing.Id)
        {
            Name = map.Text("name") ?? thing.Id,
            Sources = [.. sources.Select(source => source.Source)],
            Properties = ReadProperties(map, sources),
            Groups = ReadGroups(map),
            Identity = map.Text("identity"),
            Schedule = new ScheduleReader(scope).Read(map),
            Display = map.Text("display"),
            Position = new(thing.At.File, thing.At.Line, path),
        };
        CheckProperty(model, map, "identity", model.Identity);
        CheckProperty(model, map, "display", model.Display);
        new ModelCheck(model, scope.Findings).Run();
        scope.Models.Add(model);
    }

    private void CheckProperty(Model model, MapReader map, string key, string? property)
    {
        if (property is not null && model.Find(property) is null)
            // was read just now
            scope.Unknown("property", property, [.. model.Properties.Select(known => known.Id)], map.Find(key)!, map.At(key));
    }

    private List<ReadSource> ReadSources(MapReader map)
    {
        var reader = new SourceReader(scope, map.Path);
        var sources = new List<ReadSource>();
        if (map.Find("sources") is MapNode named)
        {
            foreach (var entry in named.Entries)
            {
                if (entry.Value is MapNode body)
                    sources.Add(reader.Read(entry.Name, body, sources.Count));
                else
                    map.Invalid("sources", entry.Value, "a map for each source");
            }

            return sources;
        }

        foreach (var item in map.List("sources"))
        {
            if (item is MapNode body)
                sources.Add(reader.Read(null, body, sources.Count));
            else
                map.Invalid("sources", item, "a map for each source");
        }

        return sources;
    }

    // The primary source first. Whatever lacks to tell primary and secondary apart is reported here.
    private List<ReadSource> InOrder(List<ReadSource> sources, MapReader map)
    {
        var primaries = sources.Where(source => source.Map.Has("primary_key")).ToList();
        if (primaries.Count == 0)
        {
            var candidate = sources.Find(source => !source.Map.Has("join"));
            var message = candidate is null ? "The model has no primary source."
                : $"The source `{candidate.Source.Name}` has neither `primary_key:` nor `join:`.";
            scope.Findings.Add(
                ConfigurationProblems.PrimarySource, candidate?.Map.Node ?? map.Node, candidate?.Map.Path ?? map.Path, message,
                candidate is null ? "Add a source with `primary_key:`, the column that names a record."
                    : "Add `primary_key: id`, with the column that names a record.");
            primaries = candidate is null ? [] : [candidate];
        }

        foreach (var other in primaries.Skip(1))
            Wrong(
                other, ConfigurationProblems.PrimarySource,
                $"The model has two sources with a `primary_key:`, `{primaries[0].Source.Name}` and `{other.Source.Name}`.",
                "Give the secondary one a `join:` instead.");
        foreach (var both in primaries.Where(source => source.Map.Has("join")))
            Wrong(
                both, ConfigurationProblems.PrimarySource, $"The source `{both.Source.Name}` has both a `primary_key:` and a `join:`.",
                "Keep `primary_key:` on the primary source, `join:` on a secondary one.");
        foreach (var empty in primaries.Where(source => source.Map.Has("primary_key") && source.Source.PrimaryKey.Count == 0))
            Wrong(
                empty, ConfigurationProblems.PrimarySource, $"The `primary_key:` of the source `{empty.Source.Name}` names no column.",
                "Write the column that names a record.");
        foreach (var lone in sources.Except(primaries).Where(source => source.Source.Join.Count == 0))
            Wrong(
                lone, ConfigurationProblems.Join, $"The secondary source `{lone.Source.Name}` has no `join:`.",
                "Add `join: { its_column: property_of_the_model }`.");
        return [.. primaries.Take(1), .. sources.Except(primaries.Take(1))];
    }

    private void Wrong(ReadSource source, ProblemCode code, string message, string help) =>
        scope.Findings.Add(code, source.Map.Node, source.Map.Path, message, help);

    private List<ReadSource> WithApps(List<ReadSource> sources)
    {
        var readable = scope.Apps.Where(app => scope.Catalog.Find(app.Type) is ISource).Select(app => app.Id).ToList();
        var usual = sources.FirstOrDefault()?.Source.AppId is { Length: > 0 } primary ? primary : readable is [var only] ? only : "";
        return [.. sources.Select(source => WithApp(source, usual, readable))];
    }

    private ReadSource WithApp(ReadSource read, string usual, List<string> readable)
    {
        var written = read.Source.AppId;
        var app = written.Length > 0 ? written : usual;
        var at = read.Map.Find("app") ?? read.Map.Node;
        if (app.Length == 0 && !scope.Findings.IsIncomplete)
            scope.Findings.Add(
                ConfigurationProblems.MissingKey, at, read.Map.Path, $"The source `{read.Source.Name}` names no app.",
                $"Add `app:`. There are: {Suggestion.List(readable)}.");
        else if (written.Length > 0 && !scope.Apps.Exists(candidate => candidate.Id == written))
            scope.Unknown("app", written, readable, at, read.Map.At("app"));
        else if (written.Length > 0 && scope.ConnectorOf(written) is { } connector and not ISource)
        {
            var help = readable.Count == 0 ? "Add an app of a database." : $"Use one of: {Suggestion.List(readable)}.";
            scope.Findings.Add(
                ConfigurationProblems.NotASource, at, read.Map.At("app"),
                $"The app `{written}` ({connector.Declaration.Name}) can't be read from.", help);
        }

        return read with { Source = read.Source with { AppId = app } };
    }

    private List<Property> ReadProperties(MapReader map, List<ReadSource> sources)
    {
        var taken = Ids.None();
        var properties = new List<Property>();
        foreach (var (property, at) in sources.SelectMany(source => source.Properties))
            Add(property, at);
        var reader = new PropertyReader(scope, map.Path, isPrimary: false);
        foreach (var entry in map.Entries("properties"))
            Add(reader.ReadCalculation(entry), entry.Key);
        return properties;

        void Add(Property property, Node at)
        {
            var path = $"{map.Path}.properties.{property.Id}";
            Ids.Take("property", at, property.Id, path, taken, scope.Findings);
            if (properties.Count < MostProperties)
                properties.Add(property);
            else if (properties.Count == MostProperties)
                scope.Findings.Add(
                    ConfigurationProblems.InvalidValue, at, path, $"The model has more than {MostProperties:N0} properties.",
                    "Split it into several models.");
        }
    }

    private List<Group> ReadGroups(MapReader map)
    {
        var taken = Ids.None();
        var groups = new List<Group>();
        var reader = new RuleReader(scope);
        foreach (var entry in map.Entries("groups"))
        {
            var path = $"{map.Path}.groups.{entry.Name}";
            Ids.Take("group", entry.Key, entry.Name, path, taken, scope.Findings);
            groups.Add(reader.ReadGroup(entry, path));
        }

        return groups;
    }
}
