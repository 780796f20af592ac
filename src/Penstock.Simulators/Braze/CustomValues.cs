using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// What a value in an attributes object does to a custom attribute. Braze docs, user attributes object and nested custom attributes (2026).
/// </summary>
internal static class CustomValues
{
    private const int MaxStringLength = 255;
    private const int MaxElements = 500;
    private const int MaxNestedBytes = 100 * 1024;

    /// <summary>The new value, or null to remove; false leaves the attribute unchanged, which Braze does without a word.</summary>
    public static bool TryApply(JsonElement sent, JsonNode? current, bool merge, out JsonNode? result)
    {
        result = null;
        switch (sent.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.String:
                var text = Json.Text(sent);
                result = text;
                return !Json.LongerThan(text, MaxStringLength);
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number:
                result = Json.ToNode(sent);
                return true;
            case JsonValueKind.Array:
                return sent.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object)
                    ? Nested.TryRead(sent, out result) && Fits(result)
                    : TryScalars(sent, out result);
            default:
                return TryObject(sent, current, merge, out result);
        }
    }

    /// <summary>The type that <c>GET /custom_attributes</c> shows.</summary>
    public static string TypeOf(JsonNode value) => value switch
    {
        JsonArray array => array.Any(element => element is JsonObject) ? "Object Array" : "Array",
        JsonObject json => json.ContainsKey("$time") ? "Time" : "Object",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "Boolean",
            JsonValueKind.Number => "Number",
            // A year after 3000 is kept as text.
            _ => BrazeDates.TryParse(value.GetValue<string>(), out var time) && time.Year <= 3000 ? "Time" : "String",
        },
    };

    private static bool TryObject(JsonElement sent, JsonNode? current, bool merge, out JsonNode? result)
    {
        result = null;
        if (HasOnly(sent, "inc"))
            return TryIncrement(sent.GetProperty("inc"), current, out result);
        if (HasOnly(sent, "add", "remove"))
            return TryAddAndRemove(sent, current as JsonArray, out result);
        if (HasOnly(sent, "$add", "$remove", "$update"))
            return ObjectArrays.TryChange(sent, current as JsonArray, merge, out result) && Fits(result);
        if (!Nested.TryRead(sent, out result))
            return false;
        // Braze docs, nested custom attributes: an object replaces the stored one unless _merge_objects is true, which merges deeply.
        if (merge && result is JsonObject addition && current is JsonObject existing)
            result = Nested.Merge((JsonObject)existing.DeepClone(), addition);
        return Fits(result);
    }

    // Only integers can be incremented; a missing attribute counts from zero (assumed).
    private static bool TryIncrement(JsonElement by, JsonNode? current, out JsonNode? result)
    {
        result = null;
        long start = 0;
        if (by.ValueKind != JsonValueKind.Number || !by.TryGetInt64(out var amount))
            return false;
        if (current is not null && (current is not JsonValue value || !value.TryGetValue(out start)))
            return false;
        result = start + amount;
        return true;
    }

    private static bool TryAddAndRemove(JsonElement sent, JsonArray? current, out JsonNode? result)
    {
        result = null;
        var items = current is null ? [] : current.Select(element => element?.DeepClone()).ToList();
        if (sent.TryGetProperty("add", out var add))
        {
            if (!TryScalars(add, out var added))
                return false;
            // An element that is there already moves to the end.
            items.AddRange(added is JsonArray array ? array.Select(element => element?.DeepClone()) : []);
        }

        if (sent.TryGetProperty("remove", out var remove))
        {
            if (!TryScalars(remove, out var removed))
                return false;
            foreach (var element in removed as JsonArray ?? [])
                items.RemoveAll(item => JsonNode.DeepEquals(item, element));
        }

        if (current is null && items.Count == 0)
            return false; // removing from what is not there makes no attribute
        result = AsSet(items);
        return Fits(result);
    }

    private static bool TryScalars(JsonElement sent, out JsonNode? result)
    {
        result = null;
        if (sent.ValueKind != JsonValueKind.Array)
            return false;
        var items = new List<JsonNode?>();
        foreach (var element in sent.EnumerateArray())
        {
            // A null drops the update, as in nested values; an array in an array is no scalar (assumed).
            if (element.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object)
                return false;
            // A string that is too long is not stored (assumed for elements, documented for plain values).
            if (element.ValueKind != JsonValueKind.String || !Json.LongerThan(Json.Text(element), MaxStringLength))
                items.Add(Json.ToNode(element));
        }

        result = AsSet(items);
        return Fits(result);
    }

    // Arrays are sets in which the last of equals stays ("hotdog, hotdog, hotdog, pizza" is "hotdog, pizza"), and of more than
    // 500 elements the oldest drop off. Braze docs, user attributes object, arrays (2026).
    private static JsonArray AsSet(List<JsonNode?> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<JsonNode?>(items.Count);
        for (var i = items.Count - 1; i >= 0 && kept.Count < MaxElements; i--)
        {
            if (seen.Add(items[i]?.ToJsonString() ?? "null"))
                kept.Add(items[i]);
        }

        kept.Reverse();
        return new JsonArray([.. kept]);
    }

    private static bool Fits(JsonNode? value) =>
        value is null || Json.Bytes(value).Length <= MaxNestedBytes;

    private static bool HasOnly(JsonElement sent, params ReadOnlySpan<string> names)
    {
        var any = false;
        foreach (var member in sent.EnumerateObject())
        {
            if (!names.Contains(member.Name))
                return false;
            any = true;
        }

        return any;
    }
}
