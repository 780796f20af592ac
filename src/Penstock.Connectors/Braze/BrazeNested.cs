using System.Text.Json;

namespace Penstock.Connectors.Braze;

/// <summary>
/// Objects and arrays as attribute values. A null inside one makes Braze drop every update of that attribute without a word, so nulls
/// inside are left out; a null in its place clears the attribute.
/// braze.com/docs/user_guide/data/activation/attributes/nested_custom_attribute_support/ (2026).
/// </summary>
internal static class BrazeNested
{
    public static void Write(Utf8JsonWriter json, string text)
    {
        if (!text.Contains("null", StringComparison.Ordinal))
        {
            json.WriteRawValue(text);
            return;
        }

        using var document = JsonDocument.Parse(text);
        WriteWithoutNulls(json, document.RootElement);
    }

    private static void WriteWithoutNulls(Utf8JsonWriter json, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            {
                json.WritePropertyName(member.Name);
                WriteWithoutNulls(json, member.Value);
            }

            json.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            json.WriteStartArray();
            foreach (var item in element.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null))
                WriteWithoutNulls(json, item);
            json.WriteEndArray();
        }
        else
        {
            element.WriteTo(json);
        }
    }
}
