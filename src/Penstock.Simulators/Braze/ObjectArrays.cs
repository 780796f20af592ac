using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// <c>$add</c>, then <c>$remove</c>, then <c>$update</c>, whatever their order in the request. Braze docs, array of objects (2026).
/// </summary>
internal static class ObjectArrays
{
    public static bool TryChange(JsonElement sent, JsonArray? current, bool merge, out JsonNode? result)
    {
        result = null;
        var items = current is null ? [] : current.Select(element => element?.DeepClone()).ToList();
        if (sent.TryGetProperty("$add", out var add) && !TryAdd(items, add))
            return false;
        if (sent.TryGetProperty("$remove", out var remove) && !TryRemove(items, remove))
            return false;
        if (sent.TryGetProperty("$update", out var update) && !TryUpdate(items, update, merge))
            return false;
        if (current is null && items.Count == 0)
            return false;
        result = new JsonArray([.. items]);
        return true;
    }

    private static bool TryAdd(List<JsonNode?> items, JsonElement added)
    {
        if (added.ValueKind != JsonValueKind.Array || !Nested.TryRead(added, out var read) || read is not JsonArray array)
            return false;
        items.AddRange(array.Select(element => element?.DeepClone()));
        return true;
    }

    private static bool TryRemove(List<JsonNode?> items, JsonElement removed)
    {
        if (removed.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var condition in removed.EnumerateArray())
        {
            if (!TryMatch(condition, out var matches))
                return false;
            items.RemoveAll(matches);
        }

        return true;
    }

    private static bool TryUpdate(List<JsonNode?> items, JsonElement updates, bool merge)
    {
        if (updates.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var update in updates.EnumerateArray())
        {
            if (!TryMatch(update, out var matches)
                || !update.TryGetProperty("$new_object", out var sent)
                || !Nested.TryRead(sent, out var read)
                || read is not JsonObject replacement)
            {
                return false;
            }

            for (var i = 0; i < items.Count; i++)
            {
                // Without _merge_objects the object is overwritten (the same page's warning).
                if (matches(items[i]))
                    items[i] = merge && items[i] is JsonObject existing ? Nested.Merge(existing, replacement) : replacement.DeepClone();
            }
        }

        return true;
    }

    private static bool TryMatch(JsonElement condition, out Predicate<JsonNode?> matches)
    {
        matches = _ => false;
        if (condition.StringOf("$identifier_key") is not { } key || !condition.TryGetProperty("$identifier_value", out var sent))
            return false;
        var value = Json.ToNode(sent);
        matches = item => item is JsonObject json && JsonNode.DeepEquals(json[key], value);
        return true;
    }
}
