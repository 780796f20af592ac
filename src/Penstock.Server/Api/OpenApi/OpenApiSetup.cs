using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Penstock.Server.Security;
using Scalar.AspNetCore;

namespace Penstock.Server.Api;

/// <summary>The OpenAPI document and the reference page made of it.</summary>
internal static class OpenApiSetup
{
    /// <summary>The document's name.</summary>
    public const string Name = "v1";

    public static void AddDocument(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer<DocumentFacts>();
        options.AddOperationTransformer<OperationFacts>();
        options.AddSchemaTransformer<SchemaFacts>();
    });

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi($"{ApiSetup.Root}/openapi.json").AllowAnonymous().ExcludeFromDescription();
        routes.MapScalarApiReference("/api", options => options
            .WithTitle("Penstock API")
            .WithOpenApiRoutePattern($"{ApiSetup.Root}/openapi.json")
            .WithNonce()
            .DisableDefaultFonts() // theirs come from another host
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp())
            .AllowAnonymous().ExcludeFromDescription().WithMetadata(new ContentPolicy(Policy));
    }

    // The page begins by a script of its own; the rest is as everywhere: nothing from, and nothing to, another host.
    private static string Policy(HttpContext context)
    {
        var nonce = context.Items.TryGetValue(ScalarOptions.NonceHttpContextItemKey, out var value) && value is string text
            ? $" 'nonce-{text}'" : "";
        return $"default-src 'self'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
            + "frame-ancestors 'none'";
    }
}
