using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads the properties of a source, and the calculated ones.</summary>
internal sealed class PropertyReader(Scope scope, string modelPath, bool isPrimary)
{
    private const int MostElements = 10_000;

    /// <summary>A property of a source: a column's name, or a map.</summary>
    public Property Read(Entry entry, string source)
    {
        var path = Path(entry);
        var property = new Property(entry.Name) { Source = source, Position = new(entry.Key.File, entry.Key.Line, path) };
        switch (entry.Value)
        {
            case ScalarNode { IsNull: false } column:
                return property with { Column = new() { Name = entry.Name, Column = column.Text } };
            case MapNode map:
                return ReadMap(property, new MapReader(map, ConfigurationKeys.Property, path, scope.Findings));
            default:
                scope.Findings.Add(
                    ConfigurationProblems.InvalidValue, entry.Key, path,
                    $"The property `{entry.Name}` takes a column or a map, not {entry.Value.InWords}.",
                    $"Write `{entry.Name}: column`, or `{entry.Name}: {{ sum: column }}`.");
                return property with { Column = new() { Name = entry.Name, Column = "" } };
        }
    }

    /// <summary>A calculated property: an expression, or a map.</summary>
    public Property ReadCalculation(Entry entry)
    {
        var path = Path(entry);
        var property = new Property(entry.Name) { Expression = "", Position = new(entry.Key.File, entry.Key.Line, path) };
        switch (entry.Value)
        {
            case ScalarNode { IsNull: false } expression:
                return property with { Expression = expression.Text };
            case MapNode node:
                var map = new MapReader(node, ConfigurationKeys.Calculation, path, scope.Findings);
                return property with
                {
                    Expression = map.Required(
                    "expression", "A property of a source goes under that source.") ?? "",
                    Type = Type(map)
                };
            default:
                scope.Findings.Add(
                    ConfigurationProblems.InvalidValue, entry.Key, path,
                    $"The property `{entry.Name}` takes an expression or a map, not {entry.Value.InWords}.",
                    $"Write `{entry.Name}: {{ expression: \"…\" }}`.");
                return property;
        }
    }

    private string Path(Entry entry) => $"{modelPath}.properties.{entry.Name}";

    private Property ReadMap(Property property, MapReader map)
    {
        var ways = map.Node.Entries.Where(entry => entry.Name == "column" || Aggregates.Words.ContainsKey(entry.Name)).ToList();
        var way = ways.FirstOrDefault();
        if (way is null)
            ReportNothing(property, map);
        else if (ways.Count > 1)
            Wrong(
                ways[1].Key, map.Path, $"The property `{property.Id}` says both `{way.Name}:` and `{ways[1].Name}:`.", "Keep one of them.");

        var aggregate = way is not null && Aggregates.Words.TryGetValue(way.Name, out var kind) ? kind : AggregateKind.Exact;
        if (isPrimary && aggregate != AggregateKind.Exact)
            // an aggregate has its key
            Wrong(
                way!.Key, map.Path, $"The primary source gives one row per record: `{way.Name}:` has nothing to work on.",
                "Use `column:`, or put the property under a secondary source.");
        CheckOrder(property, map, aggregate);
        return property with
        {
            Type = CheckType(property, map, aggregate),
            Column = new()
            {
                Name = property.Id,
                Column = way is null ? "" : map.Required(way.Name) ?? "",
                Aggregate = aggregate,
                By = map.Text("by"),
                Limit = Limit(map) ?? 100,
                Descending = Descending(map),
            },
        };
    }

    private void ReportNothing(Property property, MapReader map)
    {
        if (map.HasUnknown)
            return; // the unknown key may be it, misspelt
        scope.Findings.Add(
            ConfigurationProblems.MissingKey, map.Node, map.Path, $"The property `{property.Id}` does not say what it is.",
            $"Add `column:` or one of: {Suggestion.List([.. Aggregates.Words.Keys])}.");
    }

    private void CheckOrder(Property property, MapReader map, AggregateKind aggregate)
    {
        var word = Aggregates.Words.First(pair => pair.Value == aggregate).Key;
        if (aggregate is AggregateKind.Earliest or AggregateKind.Latest && map.Find("by") is null)
            Wrong(
                map.Node, map.Path, $"The property `{property.Id}` does not say by which column `{word}:` goes.",
                "Add `by:` with a column such as a time.");
        string[] unused = aggregate switch
        {
            AggregateKind.List => [],
            AggregateKind.Earliest or AggregateKind.Latest => ["limit", "order"],
            _ => ["by", "limit", "order"],
        };
        foreach (var key in unused.Where(map.Has))
            Wrong(map.Find(key) ?? map.Node, map.At(key), $"`{key}:` means nothing beside `{word}:`.", "Take it out.");
    }

    private DataType? CheckType(Property property, MapReader map, AggregateKind aggregate)
    {
        if (Type(map) is not { } type)
            return null;
        var help = aggregate switch
        {
            AggregateKind.List when !type.IsArray => $"A list is an array; write `{type}[]`.",
            AggregateKind.Count or AggregateKind.CountDistinct when !type.IsNumber && !type.IsText => "A count is a whole number.",
            AggregateKind.Sum or AggregateKind.Average when !type.IsNumber && !type.IsText => "Sums and averages are numbers.",
            _ => null,
        };
        if (help is not null)
            // was read just now
            scope.Findings.Add(
                ConfigurationProblems.PropertyType, map.Find("type")!, map.At("type"),
                $"The property `{property.Id}` can't be of type `{type}`.", help);
        return type;
    }

    private DataType? Type(MapReader map)
    {
        if (map.Text("type") is not { } word)
            return null;
        if (DataType.Parse(word) is { } type)
            return type;
        var words = DataType.Words.Keys.ToList();
        scope.Findings.Add(
            ConfigurationProblems.PropertyType, map.Find("type")!, map.At("type"), $"There is no type `{word}`.", // was read just now
            Suggestion.For(
                word,
                [.. words, .. words.Select(single => single + "[]")])
                    ?? $"There are: {Suggestion.List(words)}, and arrays of them such as `string[]`.");
        return null;
    }

    private static int? Limit(MapReader map)
    {
        if (map.Find("limit") is not { } node)
            return null;
        if (node is ScalarNode scalar && scalar.ToValue() is { Kind: ValueKind.Integer, Integer: >= 1 and <= MostElements } value)
            return (int)value.Integer;
        map.Invalid("limit", node, "a whole number from 1 to 10,000");
        return null;
    }

    private static bool Descending(MapReader map)
    {
        if (map.Text("order") is not { } order)
            return false;
        if (order is not ("asc" or "desc"))
            map.Invalid("order", map.Find("order")!, "`asc` or `desc`"); // its text was read just now
        return order == "desc";
    }

    private void Wrong(Node at, string path, string message, string help) => scope.Findings.Add(
        ConfigurationProblems.Aggregate, at, path, message, help);
}
