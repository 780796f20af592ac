using System.Text.Json;

namespace Penstock.Connectors.Braze;

/// <summary>An error in an answer, as far as it could be read.</summary>
/// <param name="Array">The array of the request that it is about; null when not told.</param>
/// <param name="Index">The place in it, counted from 0; null when not told.</param>
/// <param name="Text">What Braze says.</param>
internal readonly record struct BrazeError(string? Array, int? Index, string Text);

/// <summary>
/// What Braze's answers have in common. Nothing is taken for granted: a proxy's page, half a body or an unknown member gives null or
/// nothing, never an exception.
/// </summary>
internal static class BrazeAnswer
{
    /// <summary>The answer's <c>message</c>; null when it has none.</summary>
    public static string? Message(JsonElement json) => Member(json, "message") is { } message ? Text(message) : null;

    /// <summary>Whether a 2xx answer is Braze's: it says success, or (once, in maintenance) queued, or counts what it took.</summary>
    public static bool IsTaken(JsonElement json) =>
        Message(json) is "success" or "queued" || Member(json, "attributes_processed") is { ValueKind: JsonValueKind.Number };

    /// <summary>The errors of <c>/users/track</c>: <c>[{"type","input_array","index"}]</c>.</summary>
    public static IReadOnlyList<BrazeError> Errors(JsonElement json) =>
        [.. Items(json, "errors").Select(item => new BrazeError(
            Member(item, "input_array") is { } array ? Text(array) : null,
            Member(item, "index") is { } index ? Number(index) : null,
            (Member(item, "type") is { } type ? Text(type) : null) ?? Text(item) ?? item.GetRawText()))];

    /// <summary>The elements of an array member; none when there is no such array.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A member of an object; null when there is none.</summary>
    public static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A text; null when it is none.</summary>
    public static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    /// <summary>A whole number; null when it is none.</summary>
    public static int? Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;
}
