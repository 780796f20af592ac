using System.Text.Json.Nodes;

namespace Penstock.Cli.Demo;

/// <summary>What the simulated Braze holds of one user, as fields and values that can be compared and shown.</summary>
internal static class DemoProfile
{
    private static readonly string[] OfBrazeItself =
        ["braze_id", "created_at", "random_bucket", "custom_attributes", "subscription_groups", "events", "purchases"];

    /// <summary>Standard fields by name, custom attributes as <c>custom.name</c>, subscription groups as <c>subscription.id</c>.</summary>
    public static SortedDictionary<string, string> Fields(JsonObject profile)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in profile)
        {
            if (value is not null && !OfBrazeItself.Contains(name))
                fields[name] = Text(value);
        }

        Add(fields, "custom.", profile["custom_attributes"]);
        Add(fields, "subscription.", profile["subscription_groups"]);
        return fields;
    }

    /// <summary>A value as text: the elements of an array in order of the alphabet, as Braze keeps them as a set.</summary>
    public static string Text(JsonNode value) => value switch
    {
        JsonArray array => string.Join(", ", array.Select(element => element?.ToString() ?? "").Order(StringComparer.Ordinal)),
        _ => value.ToString(),
    };

    private static void Add(SortedDictionary<string, string> fields, string prefix, JsonNode? members)
    {
        foreach (var (name, value) in members as JsonObject ?? [])
        {
            if (value is not null)
                fields[prefix + name] = Text(value);
        }
    }
}
