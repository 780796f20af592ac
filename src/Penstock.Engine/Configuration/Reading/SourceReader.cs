using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>A source as read, with the properties it gives.</summary>
internal sealed record ReadSource(Source Source, MapReader Map, IReadOnlyList<(Property Property, Node At)> Properties);

/// <summary>Reads the sources of one model.</summary>
internal sealed class SourceReader(Scope scope, string modelPath)
{
    private static readonly string[] FileEndings = [".csv", ".tsv", ".txt", ".json", ".ndjson", ".parquet"];
    private readonly Dictionary<string, Node> _taken = Ids.None();

    /// <param name="name">The key in a map of sources; null in a list.</param>
    /// <param name="body">The source.</param>
    /// <param name="number">Its place, counted from 0.</param>
    public ReadSource Read(string? name, MapNode body, int number)
    {
        var written = name ?? (body.Find("name")?.Value as ScalarNode)?.Text;
        var table = (body.Find("table")?.Value as ScalarNode)?.Text;
        name = written ?? (table is null ? "" : NameOf(table));
        if (name.Length == 0)
            name = $"source_{number + 1}";
        var path = $"{modelPath}.sources.{name}";
        var map = new MapReader(body, ConfigurationKeys.Source, path, scope.Findings);
        Ids.Take("source", body, name, path, _taken, scope.Findings);
        var isPrimary = map.Has("primary_key");
        var source = new Source(name, map.Text("app") ?? "")
        {
            Table = Table(map),
            Query = Query(map),
            PrimaryKey = [.. map.Texts("primary_key").Select(column => column.Text)],
            Join = Join(map),
            Where = new FilterReader(scope).Read(map),
            TimeZone = Zones.Read(map, "time_zone", scope.Findings),
            EmptyIsNull = map.Boolean("empty_is_null") ?? true,
            TimeOut = Zones.ReadLength(map, "timeout"),
            Position = map.Position,
        };
        var properties = new PropertyReader(scope, modelPath, isPrimary);
        return new(source, map, [.. map.Entries("properties").Select(entry => (properties.Read(entry, name), (Node)entry.Key))]);
    }

    private string? Table(MapReader map)
    {
        if (map.Has("table") == map.Has("query"))
        {
            var message = map.Has("table") ? "The source names both a table and a query." : "The source names neither a table nor a query.";
            scope.Findings.Add(ConfigurationProblems.TableOrQuery, map.Node, map.Path, message, "Give it either `table:` or `query:`.");
        }

        if (map.Text("table") is { } table && string.IsNullOrWhiteSpace(table))
            map.Invalid("table", map.Find("table")!, "a table's name such as `users` or `shop.users`"); // its text was read just now
        return map.Text("table");
    }

    // The table's last part, or the file's name.
    private static string NameOf(string table)
    {
        var isFile = FileEndings.Any(ending => table.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return Ids.Propose(isFile ? Path.GetFileNameWithoutExtension(table.Trim('"')) : Identifier.Parse(table).Name);
    }

    private string? Query(MapReader map)
    {
        if (map.Text("query") is not { } query)
            return null;
        query = SqlTokens.WithoutLastSemicolon(query);
        if (query.Length == 0)
            map.Invalid("query", map.Find("query")!, "a SELECT"); // its text was read just now
        else if (SqlTokens.HasSemicolon(query))
            scope.Findings.Add(
                ConfigurationProblems.InvalidValue, map.Find("query")!, map.At("query"), "The query is more than one statement.",
                "Write a single SELECT.");
        return query;
    }

    private static List<JoinColumn> Join(MapReader map)
    {
        var join = new List<JoinColumn>();
        foreach (var entry in map.Entries("join"))
        {
            if (entry.Value is ScalarNode { IsNull: false } property)
                join.Add(
                    new(entry.Name, property.Text) { Position = new(entry.Key.File, entry.Key.Line, $"{map.At("join")}.{entry.Name}") });
            else
                map.Invalid("join", entry.Value, "a map of its column to a property of the model");
        }

        return join;
    }
}
