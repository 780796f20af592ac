using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// A project as JSON that holds all of its value, finished or not, but the folder and the places in files. Drafts are kept so: files
/// could not hold a rule without its value.
/// </summary>
public static class ProjectJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        IgnoreReadOnlyProperties = true,
        MaxDepth = 1000,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // kept in a column, never part of a page
        Converters =
        {
            new ValueConverter(), new DataTypeConverter(), new ZoneConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
        },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeavePlacesOut, TellKindsApart } },
    };

    /// <summary>The project as JSON.</summary>
    public static string Write(Project project) => JsonSerializer.Serialize(project, Options);

    /// <summary>The project that <see cref="Write"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="folder">The folder that relative paths are relative to.</param>
    /// <exception cref="JsonException">It is no project's.</exception>
    public static Project Read(string json, string folder) =>
        (JsonSerializer.Deserialize<Project>(json, Options) ?? throw new JsonException("There is no project.")) with { Folder = folder };

    private static void LeavePlacesOut(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        for (var at = type.Properties.Count - 1; at >= 0; at--)
        {
            var property = type.Properties[at];
            if (property.PropertyType == typeof(Position) || (type.Type == typeof(Project) && property.Name == "folder"))
                type.Properties.RemoveAt(at);
        }
    }

    private static void TellKindsApart(JsonTypeInfo type)
    {
        if (type.Type == typeof(Rule))
        {
            type.PolymorphismOptions = new()
            {
                TypeDiscriminatorPropertyName = "rule",
                DerivedTypes =
                {
                    new(typeof(RuleSet), "set"), new(typeof(MembershipRule), "membership"), new(typeof(PropertyRule), "property"),
                },
            };
        }
        else if (type.Type == typeof(Schedule))
        {
            type.PolymorphismOptions = new()
            {
                TypeDiscriminatorPropertyName = "schedule",
                DerivedTypes =
                {
                    new(typeof(IntervalSchedule), "interval"), new(typeof(CronSchedule), "cron"),
                    new(typeof(AfterSchedule), "after"), new(typeof(ChangeSchedule), "change"),
                },
            };
        }
    }

    // One member named by the kind, so that the text "1" and the number 1 stay two things.
    private sealed class ValueConverter : JsonConverter<Value>
    {
        public override bool HandleNull => true;

        public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Null)
                return Value.Null;
            if (JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader) is not { Count: 1 } members)
                throw new JsonException("A value has one member, named by its kind.");
            var (kind, text) = members.Single();
            return kind switch
            {
                "boolean" => Value.Of(text == "true"),
                "integer" => Value.Of(long.Parse(text, CultureInfo.InvariantCulture)),
                "decimal" => Value.Of(decimal.Parse(text, CultureInfo.InvariantCulture)),
                "float" => Value.Of(double.Parse(text, CultureInfo.InvariantCulture)),
                "date" => Value.Of(DateOnly.Parse(text, CultureInfo.InvariantCulture)),
                "timestamp" => Value.Of(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
                "json" => Value.OfJson(text),
                "text" => Value.Of(text),
                _ => throw new JsonException($"There is no kind of value '{kind}'."),
            };
        }

        public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options)
        {
            if (value.IsNull)
            {
                writer.WriteNullValue();
                return;
            }

            writer.WriteStartObject();
            writer.WriteString(JsonNamingPolicy.CamelCase.ConvertName(value.Kind.ToString()),
                value.Kind == ValueKind.Timestamp ? value.Timestamp.ToString("O", CultureInfo.InvariantCulture) : value.ToString());
            writer.WriteEndObject();
        }
    }

    private sealed class DataTypeConverter : JsonConverter<DataType>
    {
        public override DataType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var word = reader.GetString() ?? "";
            return DataType.Parse(word) ?? new DataType(DataKind.Any, word.EndsWith("[]", StringComparison.Ordinal));
        }

        public override void Write(Utf8JsonWriter writer, DataType value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class ZoneConverter : JsonConverter<TimeZoneInfo>
    {
        // A zone that this machine lacks keeps its name, which validating then reports; UTC in its place would be a silent change.
        public override TimeZoneInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var id = reader.GetString() is { Length: > 0 } name ? name : "UTC";
            return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
                : TimeZoneInfo.CreateCustomTimeZone(id, TimeSpan.Zero, id, id);
        }

        public override void Write(Utf8JsonWriter writer, TimeZoneInfo value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Id);
    }
}
