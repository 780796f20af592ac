using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Penstock.Contract;

namespace Penstock.Server.Api;

/// <summary>The schemas of values that have a JSON form of their own.</summary>
internal sealed class SchemaFacts : IOpenApiSchemaTransformer
{
    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Value))
            schema.Description = "A value: null, boolean, number, text, or JSON; days as yyyy-MM-dd, times as ISO 8601 with Z.";
        else if (type == typeof(Secret))
            Set(schema, JsonSchemaType.String, "A credential: it only goes in.", writeOnly: true);
        else if (type == typeof(DataType))
            Set(schema, JsonSchemaType.String,
                "A type: boolean, integer, decimal, float, text, date, timestamp, json; with [] an array of it.");
        else if (type == typeof(Identifier))
            Set(schema, JsonSchemaType.String, "A name with its schema, such as public.users.");
        else if (type == typeof(TimeSpan))
            Set(schema, JsonSchemaType.Number, "Seconds.");
        return Task.CompletedTask;
    }

    private static void Set(OpenApiSchema schema, JsonSchemaType type, string description, bool writeOnly = false)
    {
        schema.Type = type;
        schema.Pattern = null;
        schema.Format = null;
        schema.Description = description;
        schema.WriteOnly = writeOnly;
    }
}
