namespace Penstock.Engine.Configuration;

/// <summary>Reads a map of known keys; reports the unknown ones at once.</summary>
internal sealed class MapReader
{
    private readonly MapNode _map;
    private readonly Findings _findings;

    /// <param name="map">The map.</param>
    /// <param name="keys">The keys that it may have.</param>
    /// <param name="path">Its place in the configuration.</param>
    /// <param name="findings">Takes the problems.</param>
    /// <param name="others">Keys that somebody else reads and checks.</param>
    public MapReader(MapNode map, KeySet keys, string path, Findings findings, Predicate<string>? others = null)
    {
        (_map, _findings, Path) = (map, findings, path);
        foreach (var entry in map.Entries.Where(entry => keys.Find(entry.Name) is null && others?.Invoke(entry.Name) != true))
        {
            HasUnknown = true;
            var help = findings.IsFull ? null : Suggestion.OrAll(entry.Name, keys.Names, "It takes");
            findings.Add(
                ConfigurationProblems.UnknownKey, entry.Key, At(entry.Name), $"The key `{entry.Name}` is not known {keys.Where}.", help);
        }
    }

    public MapNode Node => _map;

    /// <summary>Whether there was an unknown key, which may be the misspelt one of a key that is missing.</summary>
    public bool HasUnknown { get; }

    public string Path { get; }

    public Position Position => new(_map.File, _map.Line, Path);

    public string At(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    public bool Has(string key) => _map.Has(key);

    /// <summary>The value of a key; null when it isn't there or says nothing.</summary>
    public Node? Find(string key) => _map.Find(key)?.Value is { } value and not ScalarNode { IsNull: true } ? value : null;

    /// <summary>The text of a key; null when it isn't there or isn't a single value, which is reported.</summary>
    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case ScalarNode scalar:
                return scalar.Text;
            case var other:
                Invalid(key, other, "text");
                return null;
        }
    }

    /// <summary>The text of a key that must be there.</summary>
    public string? Required(string key, string? help = null)
    {
        if (Find(key) is null)
            _findings.Add(ConfigurationProblems.MissingKey, _map, Path, $"`{key}:` is missing.", help);
        return Text(key);
    }

    public bool? Boolean(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is ScalarNode { Boolean: { } flag })
            return flag;
        Invalid(key, node, "true or false");
        return null;
    }

    /// <summary>One or several texts.</summary>
    public IReadOnlyList<ScalarNode> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case ScalarNode scalar:
                return [scalar];
            case ListNode list when list.Items.All(item => item is ScalarNode { IsNull: false }):
                return [.. list.Items.Cast<ScalarNode>()];
            case var other:
                Invalid(key, other, "text or a list of texts");
                return [];
        }
    }

    /// <summary>A map's entries; none when the key isn't there.</summary>
    public IReadOnlyList<Entry> Entries(string key) => Map(key)?.Entries ?? [];

    public MapNode? Map(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is MapNode map)
            return map;
        Invalid(key, node, "a map");
        return null;
    }

    public IReadOnlyList<Node> List(string key)
    {
        if (Find(key) is not { } node)
            return [];
        if (node is ListNode list)
            return list.Items;
        Invalid(key, node, "a list");
        return [];
    }

    public void Invalid(string key, Node at, string expected) =>
        _findings.Add(ConfigurationProblems.InvalidValue, at, At(key), $"`{key}:` takes {expected}, not {Shown(at)}.");

    private static string Shown(Node node) => node is ScalarNode { IsNull: false, Text.Length: < 60 } scalar ? $"`{scalar.Text}`"
        : node.InWords;
}
