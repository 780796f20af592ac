using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Penstock.Contract;

namespace Penstock.Control.Audit;

/// <summary>What the audit log keeps of a value: JSON in which no secret stands, whatever it was given.</summary>
internal static partial class AuditJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people, and never put into a page unescaped
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Hidden() },
    };

    /// <summary>The value as JSON; null for null.</summary>
    public static string? Write(object? value)
    {
        if (value is null)
            return null;
        var node = JsonSerializer.SerializeToNode(value, Options);
        Hide(node);
        return node?.ToJsonString(Options);
    }

    private static void Hide(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Hide(item);
        }
        else if (node is JsonObject properties)
        {
            foreach (var (name, value) in properties.ToList())
            {
                if (SecretName().IsMatch(name) && MayTell(value))
                    properties[name] = "***";
                else
                    Hide(value);
            }
        }
    }

    // Whether something is set, or which stored secret is meant, tells nothing; any other content might.
    private static bool MayTell(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False => false,
        JsonValueKind.String => !Reference().IsMatch(value.GetValue<string>()),
        _ => true,
    };

    [GeneratedRegex("passw|secret|token|credential|passphrase|api_?key|private_?key|hash|connection_?string|authorization",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^(\$\{[a-z]+:[^{}]+\})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    private sealed class Hidden : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("The audit log is never read back into secrets.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }
}
