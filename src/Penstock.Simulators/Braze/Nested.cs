using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// Values inside objects and arrays of objects. One invalid value inside, such as a null or a bad <c>$time</c>, drops the whole
/// attribute's update. Braze docs, POST /users/track, invalid nested custom attributes (2026).
/// </summary>
internal static class Nested
{
    private const int MaxLength = 255;

    public static bool TryRead(JsonElement sent, out JsonNode? result)
    {
        result = null;
        switch (sent.ValueKind)
        {
            case JsonValueKind.Object:
                return TryReadObject(sent, out result);
            case JsonValueKind.Array:
                var array = new JsonArray();
                foreach (var element in sent.EnumerateArray())
                {
                    if (!TryRead(element, out var item))
                        return false;
                    array.Add(item);
                }

                result = array;
                return true;
            case JsonValueKind.String when Json.LongerThan(Json.Text(sent), MaxLength):
            case JsonValueKind.Null:
                return false;
            default:
                result = Json.ToNode(sent);
                return true;
        }
    }

    /// <summary>Merges deeply: objects key by key, anything else is replaced.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject addition)
    {
        foreach (var (name, value) in addition)
        {
            target[name] = value is JsonObject inner && target[name] is JsonObject existing && !inner.ContainsKey("$time")
                ? Merge((JsonObject)existing.DeepClone(), inner)
                : value?.DeepClone();
        }

        return target;
    }

    private static bool TryReadObject(JsonElement sent, out JsonNode? result)
    {
        result = null;
        var json = new JsonObject();
        foreach (var member in sent.EnumerateObject())
        {
            if (member.Name == "$time")
            {
                // The only member of its object; years outside 0 to 3000 are not stored inside nested values.
                if (member.Value.ValueKind != JsonValueKind.String
                    || !BrazeDates.TryParse(Json.Text(member.Value), out var time)
                    || time.Year > 3000)
                {
                    return false;
                }
            }
            else if (!IsKey(member.Name))
            {
                return false;
            }

            if (!TryRead(member.Value, out var value))
                return false;
            json[member.Name] = value;
        }

        result = json;
        return true;
    }

    // Braze docs, nested custom attributes: keys to 255 characters, without spaces, full stops and dollar signs.
    private static bool IsKey(string name) =>
        name.Length > 0 && !Json.LongerThan(name, MaxLength) && name.AsSpan().IndexOfAny(' ', '.', '$') < 0;
}
