using System.Text.Json.Nodes;

namespace Penstock.Engine.Configuration;

/// <summary>What a key takes: in words for people, and as JSON Schema for editors.</summary>
internal sealed record Shape(string Words, Func<JsonObject> Schema)
{
    public static Shape Text { get; } = new("text", () => new() { ["type"] = new JsonArray("string", "number", "boolean") });

    public static Shape Id { get; } = new("id", () => new() { ["type"] = "string", ["pattern"] = Ids.Pattern });

    public static Shape Boolean { get; } = new("true or false", () => new() { ["type"] = "boolean" });

    public static Shape Whole { get; } = new("whole number", () => new() { ["type"] = "integer", ["minimum"] = 1 });

    public static Shape Scalar { get; } = new("value", () => new() { ["type"] = new JsonArray("string", "number", "boolean", "null") });

    public static Shape Anything { get; } = new("value, list or map", () => []);

    public static Shape Of(string set) => new($"[{set}](#{Anchor(set)})", () => new() { ["$ref"] = "#/definitions/" + set });

    public static Shape OneOf(params IReadOnlyList<string> words) =>
        new(string.Join(" \\| ", words.Select(word => $"`{word}`")), () => new() { ["enum"] = new JsonArray([.. words]) });

    public static string Anchor(string set) => set.Replace('_', '-');

    public Shape List() => new($"list of {Words}", () => new() { ["type"] = "array", ["items"] = Schema() });

    public Shape Map(string key) => new($"{key}: {Words}", () => new() { ["type"] = "object", ["additionalProperties"] = Schema() });

    public Shape Or(Shape other) => new($"{Words}, or {other.Words}", () => new() { ["anyOf"] = new JsonArray(Schema(), other.Schema()) });
}

/// <summary>A key of the configuration.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What it takes.</param>
/// <param name="Help">What it means, its default included.</param>
internal sealed record Key(string Name, Shape Shape, string Help)
{
    public bool Required { get; init; }
}

/// <summary>The keys that one kind of map may have: what reading, the JSON Schema and the reference share.</summary>
/// <param name="Id">Its name in the schema and the reference.</param>
/// <param name="Where">The place, for messages: <c>in a source</c>.</param>
/// <param name="Intro">What it is, for the reference.</param>
/// <param name="Keys">The keys.</param>
internal sealed record KeySet(string Id, string Where, string Intro, IReadOnlyList<Key> Keys)
{
    public IReadOnlyList<string> Names { get; } = [.. Keys.Select(key => key.Name)];

    public Key? Find(string name) => Keys.FirstOrDefault(key => key.Name == name);
}
