using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Api;

/// <summary>
/// The JSON of the API: members and words in snake_case, as the command line's <c>--json</c>; times in UTC, durations in seconds; what is
/// not known is refused; secrets go in and never come out.
/// </summary>
internal static class ApiJson
{
    /// <summary>How deep a body may be nested; rules within rules need a few levels.</summary>
    private const int MaxDepth = 64;

    /// <summary>The options, for what is written beside the endpoints' own answers.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>Sets the conventions.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = MaxDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // served as application/json with nosniff, never inside a page
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new ValueConverter());
        options.Converters.Add(new SecretConverter());
        options.Converters.Add(new DataTypeConverter());
        options.Converters.Add(new SecondsConverter());
        options.Converters.Add(new IdentifierConverter());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeavePlacesOut } };
        return options;
    }

    // Where something stands in files matters to problems, which say it themselves.
    private static void LeavePlacesOut(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (var at = type.Properties.Count - 1; at >= 0; at--)
        {
            if (type.Properties[at].PropertyType == typeof(Position))
                type.Properties.RemoveAt(at);
        }
    }

    private sealed class ValueConverter : JsonConverter<Value>
    {
        public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("Values are only given out.");

        public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => value.WriteTo(writer);
    }

    private sealed class SecretConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? new(reader.GetString() ?? "") : throw new JsonException("A secret is a text.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("***");
    }

    private sealed class DataTypeConverter : JsonConverter<DataType>
    {
        public override DataType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DataType.Parse(reader.GetString() ?? "") ?? throw new JsonException("There is no such type.");

        public override void Write(Utf8JsonWriter writer, DataType value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
    }

    private sealed class IdentifierConverter : JsonConverter<Identifier>
    {
        public override Identifier Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Identifier.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Identifier value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
