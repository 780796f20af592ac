using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Penstock.Server.Api;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class DocumentFacts : IOpenApiDocumentTransformer
{
    internal const string KeyScheme = "api_key";

    private const string Description = """
        Everything that the UI can do. Members are in snake_case, times in UTC, durations in seconds.

        **Errors** are `application/problem+json` with a stable `code`, what happened in `detail`, what to do in `help`, and `errors` when
        there are several.
        **Lists** come as `{items, next}`: give `next` as `?cursor=` for the next page, until it is null.
        **What is edited** has an `ETag`; a change of what is there needs it as `If-Match`, and is refused with 412 when somebody else was
        faster.
        **Creating a run** takes an `Idempotency-Key`: the same key gives the same run.
        """;

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Penstock",
            Version = "1",
            Description = Description.ReplaceLineEndings("\n"),
        };
        document.Servers = []; // wherever it was loaded from
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key, such as psk_…, made by an administrator. "
                    + "In the browser, the session of who is signed in counts.",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
