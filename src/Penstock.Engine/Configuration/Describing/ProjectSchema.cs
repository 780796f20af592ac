using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// The JSON Schema (draft-07, which editors know best) of configuration files, written from the declarations that reading uses.
/// </summary>
public static class ProjectSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema for the connectors at hand.</summary>
    public static string Write(ConnectorCatalog catalog)
    {
        var thing = AnyOf(Ref("project"), Ref("sections"), Ref("model_file"), Ref("destination_file"), Ref("app_file"));
        var definitions = new JsonObject
        {
            ["thing"] = thing,
            ["project"] = Of(ConfigurationKeys.Project),
            ["sections"] = Of(ConfigurationKeys.Section),
            ["app"] = App(catalog),
            ["app_file"] = new JsonObject { ["allOf"] = new JsonArray(Ref("app"), Requires("app")) },
            ["model_file"] = new JsonObject { ["allOf"] = new JsonArray(Ref("model"), Requires("model")) },
            ["destination"] = Destination(catalog),
            ["destination_file"] = new JsonObject { ["allOf"] = new JsonArray(Ref("destination"), Requires("destination")) },
            ["group_mapping"] = GroupMapping(catalog),
            ["property"] = AnyOf(Shape.Text.Schema(), Of(ConfigurationKeys.Property)),
            ["calculation"] = AnyOf(Shape.Text.Schema(), Of(ConfigurationKeys.Calculation)),
            ["field"] = AnyOf(Shape.Text.Schema(), Of(ConfigurationKeys.Field)),
            ["group"] = AnyOf(Of(ConfigurationKeys.Group), Shape.Of("rule").List().Schema()),
        };
        foreach (
            var set in (KeySet[])[ConfigurationKeys.Model, ConfigurationKeys.Source, ConfigurationKeys.Filter, ConfigurationKeys.Rule,
                ConfigurationKeys.Schedule, ConfigurationKeys.Change, ConfigurationKeys.Guards])
            definitions[set.Id] = Of(set);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Penstock configuration",
            ["anyOf"] = new JsonArray(Ref("thing"), new JsonObject { ["type"] = "array", ["items"] = Ref("thing") }),
            ["definitions"] = definitions,
        };
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(KeySet set)
    {
        var properties = new JsonObject();
        foreach (var key in set.Keys)
            properties[key.Name] = Described(key.Shape.Schema(), key.Help);
        var required = set.Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    // Draft-07 lets nothing stand beside a $ref, so a description makes it a part of allOf.
    private static JsonObject Described(JsonObject schema, string? help)
    {
        if (help is null)
            return schema;
        var described = schema.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(schema) } : schema;
        described["description"] = help.Replace("`", "", StringComparison.Ordinal);
        return described;
    }

    private static JsonObject App(ConnectorCatalog catalog)
    {
        var types = catalog.All.Select(connector =>
        {
            var declaration = connector.Declaration;
            var properties = new JsonObject
            {
                ["app"] = Shape.Id.Schema(),
                ["type"] = new JsonObject
                {
                    ["enum"] = new JsonArray(declaration.Type),
                    ["description"] = $"{declaration.Name}: {declaration.Summary}"
                },
            };
            AddOptions(properties, declaration.App);
            var required = declaration.App.All.Where(option => option.Required).Select(option => (JsonNode)option.Name);
            return (JsonNode)new JsonObject
            {
                ["title"] = declaration.Name,
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray([(JsonNode)"type", .. required]),
                ["additionalProperties"] = false,
            };
        });
        return new() { ["anyOf"] = new JsonArray([.. types]) };
    }

    private static void AddOptions(JsonObject properties, OptionSet options)
    {
        foreach (var option in options.All)
        {
            var help = string.Join(
                ' ',
                new[] { option.Label + ".", option.Help, option.Default is null ? null : $"Default: {option.Default}." }
                    .Where(part => part is not null));
            properties[option.Name] = Described(OptionSchema(option), help);
        }
    }

    // Any option may be a reference, so each takes text; what else it takes is for completion.
    private static JsonObject OptionSchema(Option option) => option.Type switch
    {
        OptionType.TextList => new() { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } },
        OptionType.Integer => new() { ["type"] = new JsonArray("integer", "string") },
        OptionType.Boolean => new() { ["type"] = new JsonArray("boolean", "string") },
        _ when option.Choices.Count > 0 => new()
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray([.. option.Choices.Select(choice => (JsonNode)choice.Name)]) },
                new JsonObject { ["type"] = "string" }),
        },
        _ => Shape.Text.Schema(),
    };

    private static JsonObject Destination(ConnectorCatalog catalog)
    {
        var kinds = Kinds(catalog);
        var schema = Of(ConfigurationKeys.Destination);
        var properties = schema["properties"]!.AsObject(); // made just above
        var options = new JsonObject();
        foreach (var set in kinds.Select(kind => kind.Options).OfType<OptionSet>())
            AddOptions(options, set);
        properties["options"] = new JsonObject { ["type"] = "object", ["properties"] = options, ["additionalProperties"] = false };
        var fields = new JsonObject();
        foreach (var field in kinds.SelectMany(kind => kind.Fields.Prepend(kind.Key)))
            fields[field.Name] = Described(Ref("field"), $"{field.Label} ({field.Type}). {field.Help}".TrimEnd());
        properties["mapping"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = fields,
            ["additionalProperties"] = Ref("field"),
            ["description"] = "Destination field: property."
        };
        // declared
        properties["kind"] = Described(
            new() { ["enum"] = Words(kinds.Select(kind => kind.Id)) }, ConfigurationKeys.Destination.Find("kind")!.Help);
        properties["removal"] = Described(
            // declared
            new() { ["enum"] = Words(kinds.SelectMany(kind => kind.Removals).Select(removal => removal.Name)) },
                ConfigurationKeys.Destination.Find("removal")!.Help);
        return schema;
    }

    private static JsonObject GroupMapping(ConnectorCatalog catalog)
    {
        var schema = Of(ConfigurationKeys.GroupMapping);
        var properties = schema["properties"]!.AsObject(); // made just above
        foreach (var form in Kinds(catalog).SelectMany(kind => kind.Groups))
            properties[form.Name] = Described(Shape.Text.Schema(), $"{form.Label}: {form.TargetInWords}. {form.Help}".TrimEnd());
        return schema;
    }

    private static List<DestinationKind> Kinds(ConnectorCatalog catalog) => [.. catalog.All.SelectMany(
        connector => connector.Declaration.Destinations)];

    private static JsonArray Words(IEnumerable<string> words) => new(
        [.. words.Distinct(StringComparer.Ordinal).Select(word => (JsonNode)word)]);

    private static JsonObject Ref(string id) => new() { ["$ref"] = "#/definitions/" + id };

    private static JsonObject Requires(string key) => new() { ["required"] = new JsonArray(key) };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
