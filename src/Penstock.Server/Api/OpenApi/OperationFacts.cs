using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Penstock.Server.Api;

/// <summary>What every operation has: who may, what can go wrong, and the headers that change it.</summary>
internal sealed class OperationFacts : IOpenApiOperationTransformer
{
    private const string Problems = "application/problem+json";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var role = metadata.OfType<IAuthorizeData>().LastOrDefault(data => data.Policy is not null)?.Policy;
        if (role is not null)
        {
            operation.Description = string.Join(
                "\n\n", new[] { operation.Description, $"Needs the role *{role}*." }.Where(text => !string.IsNullOrEmpty(text)));
        }

        var method = context.Description.HttpMethod ?? "GET";
        operation.Responses ??= [];
        Add(operation, "400", "The request can't be read, or has a field that is not known.");
        Add(operation, "401", "No key, or one that is not good.");
        Add(operation, "403", "The role or the key does not allow it.");
        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
            Add(operation, "404", "There is none of that name.");
        if (context.Description.ParameterDescriptions.Any(parameter => parameter.Type == typeof(ThingBody)) || method is "POST" or "PUT")
            Add(operation, "422", "What was sent is read, but can't be done; `errors` has all reasons.");
        if (operation.OperationId?.Contains("_draft_", StringComparison.Ordinal) == true && method is "PUT" or "DELETE")
        {
            Add(operation, "412", "Somebody else changed it since it was read: `draft.conflict`.");
            Add(operation, "428", "It is there already, and `If-Match` is missing.");
            Header(operation, "If-Match", "The ETag that was read; left out for something new.", "\"3f5a…\"");
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any())
            Header(operation, "Idempotency-Key", "The caller's own key for this request: the same key gives the same run.",
                "nightly-2026-11-24");
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string status, string description)
    {
        if (operation.Responses!.ContainsKey(status)) // set before
            return;
        operation.Responses[status] = new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems] = new OpenApiMediaType
                {
                    Schema = Schema(),
                    Example = Example(status)
                }
            },
        };
    }

    private static void Header(OpenApiOperation operation, string name, string description, string example)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = example,
        });
    }

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["title"] = Text("The status in words."),
            ["code"] = Text("Stable and dotted; the page of error codes lists all."),
            ["detail"] = Text("What happened."),
            ["help"] = Text("What to do about it."),
            ["trace_id"] = Text("Finds the request in the log."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "All that is wrong, when there are several.",
                Items = new OpenApiSchema { Type = JsonSchemaType.Object },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static JsonObject? Example(string status) => status switch
    {
        "400" => Problem(400, "Bad Request", ApiProblems.UnknownField.Code, "This call does not take the field 'fulll'.",
            ApiProblems.UnknownField.ToDo),
        "404" => Problem(404, "Not Found", "usage.unknown_model", "There is no model called 'user'.", "Did you mean 'users'?"),
        _ => null,
    };

    private static JsonObject Problem(int status, string title, string code, string detail, string help) => new()
    {
        ["status"] = status,
        ["title"] = title,
        ["code"] = code,
        ["detail"] = detail,
        ["help"] = help,
    };
}

/// <summary>Metadata of an endpoint that takes an <c>Idempotency-Key</c>.</summary>
internal sealed class TakesIdempotencyKey;
