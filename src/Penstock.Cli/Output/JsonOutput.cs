using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Contract;

namespace Penstock.Cli.Output;

/// <summary>Writes results as JSON: members in snake_case, values as they are.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ValueConverter(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };

    /// <summary>The result as JSON over several lines.</summary>
    public static string Write<T>(T result) => JsonSerializer.Serialize(result, Options);

    /// <summary>The result as JSON on one line.</summary>
    public static string WriteLine<T>(T result) => JsonSerializer.Serialize(result, Compact);

    private sealed class ValueConverter : JsonConverter<Value>
    {
        public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => value.WriteTo(writer);
    }
}
