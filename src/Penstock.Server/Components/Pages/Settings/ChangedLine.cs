using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Server.Components.Pages.Settings;

/// <summary>One thing of two JSON values that differs between them.</summary>
/// <param name="Name">The path, such as <c>options.limit</c>; empty for the whole.</param>
/// <param name="Before">As it was; null for not there.</param>
/// <param name="After">As it is; null for not there any more.</param>
internal sealed record ChangedLine(string Name, string? Before, string? After)
{
    /// <summary>What differs, in the order of the values.</summary>
    public static IReadOnlyList<ChangedLine> Of(string? before, string? after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return
        [
            .. old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal)
                .Select(name => new ChangedLine(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(line => line.Before != line.After),
        ];
    }

    private static Dictionary<string, string> Flat(string? json)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json is null)
            return values;
        try
        {
            Add(values, "", JsonNode.Parse(json));
        }
        catch (JsonException)
        {
            values[""] = json; // as it is kept
        }

        return values;
    }

    private static void Add(Dictionary<string, string> values, string name, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var (key, value) in properties)
                    Add(values, name.Length == 0 ? key : $"{name}.{key}", value);
                break;
            case JsonArray items when items.Any(item => item is JsonObject or JsonArray):
                for (var i = 0; i < items.Count; i++)
                    Add(values, $"{name}[{i + 1}]", items[i]);
                break;
            case JsonArray items:
                values[name] = items.Count == 0 ? "none" : string.Join(", ", items.Select(item => item?.ToString() ?? "nothing"));
                break;
            default:
                values[name] = node?.ToString() ?? "nothing";
                break;
        }
    }
}
