using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>Small things about JSON that all endpoints need.</summary>
internal static class Json
{
    /// <summary>Apostrophes and non-ASCII letters as they are, like the vendor's answers.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions PlainWriter { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(Text(value)),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Number => Number(value),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(ToNode)]),
        JsonValueKind.Object => ToObject(value),
        _ => null,
    };

    public static JsonNode Number(JsonElement value)
    {
        if (value.TryGetInt64(out var integer))
            return JsonValue.Create(integer);
        return JsonValue.Create(value.GetDouble());
    }

    /// <summary>The member when it is there and not null.</summary>
    public static bool Has(this JsonElement json, string name, out JsonElement value) =>
        json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The member when it is a string, else null.</summary>
    public static string? StringOf(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Text(value)
            : null;

    /// <summary>The elements of an array member; null when it is absent or something else.</summary>
    public static List<JsonElement>? ArrayOf(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : null;

    /// <summary>A string that JsonElement knows to be one.</summary>
    public static string Text(JsonElement value) => value.GetString() ?? "";

    /// <summary>Characters as a person counts them: an emoji outside the basic plane is one.</summary>
    public static bool LongerThan(string text, int characters) =>
        text.Length > characters && text.EnumerateRunes().Count() > characters;

    /// <summary>Whether every string in the body can be read: JSON may escape half a surrogate pair, which is no text.</summary>
    public static bool HasOnlyText(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
            return true;
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString(Plain));

    private static JsonObject ToObject(JsonElement value)
    {
        var json = new JsonObject();
        foreach (var member in value.EnumerateObject())
            json[member.Name] = ToNode(member.Value);
        return json;
    }
}
