using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Penstock.Server.Api;

namespace Penstock.Server.Tests.Api;

public sealed partial class DocumentTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task The_document_is_openapi_3_1_and_the_same_without_a_server()
    {
        var served = await shop.SendAsync(HttpMethod.Get, "openapi.json", null, key: null);
        served.Good()["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        JsonNode.DeepEquals(served.Json, JsonNode.Parse(await ApiDocument.WriteAsync(default))).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_endpoint_is_in_it_with_a_summary_an_id_a_tag_and_its_problems()
    {
        var paths = (await shop.SendAsync(HttpMethod.Get, "openapi.json", null, key: null)).Json["paths"]!;
        var endpoints = ((IEndpointRouteBuilder)shop.Application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(ApiSetup.Root + "/", StringComparison.Ordinal)
                && !endpoint.RoutePattern.RawText.EndsWith(".json", StringComparison.Ordinal)).ToList();
        endpoints.Count.ShouldBeGreaterThan(80);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            var path = Constraint().Replace(endpoint.RoutePattern.RawText!, "}").TrimEnd('/');
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant();
            var operation = (paths[path] ?? paths[path + "/"])?[method];
            operation.ShouldNotBeNull($"{method} {path} is not in the document");
            operation["summary"]?.GetValue<string>().ShouldNotBeNullOrEmpty($"{method} {path}");
            operation["tags"]!.AsArray().Count.ShouldBe(1);
            ids.Add(operation["operationId"]!.GetValue<string>()).ShouldBeTrue($"{method} {path}");
            operation["responses"]!["401"]!["content"]!["application/problem+json"].ShouldNotBeNull();
            operation["responses"]!.AsObject().ShouldContain(answer => answer.Key.StartsWith('2'), $"{method} {path}");
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = JsonNode.Parse(await ApiDocument.WriteAsync(default))!;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (Match match in Reference().Matches(document.ToJsonString()))
            schemas.ContainsKey(match.Groups[1].Value).ShouldBeTrue(match.Value);
        document["components"]!["securitySchemes"]!["api_key"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
    }

    [Fact]
    public async Task The_reference_page_names_no_other_host()
    {
        var page = await shop.SendAsync(HttpMethod.Get, "/api/", null, key: null);
        page.Status.ShouldBe(200, page.Text);
        page.Text.ShouldContain("scalar.js");
        Host().Matches(page.Text).Select(match => match.Value).ShouldBeEmpty();
        page.Text.ShouldContain("openapi.json");
        page.Policy.ShouldContain("connect-src 'self'");
        page.Policy.ShouldContain("'nonce-");
        (await shop.SendAsync(HttpMethod.Get, "/api/scalar.js", null, key: null)).Status.ShouldBe(200);
    }

    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("#/components/schemas/([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("https?://(?!127\\.0\\.0\\.1)[a-z0-9.-]+")]
    private static partial Regex Host();
}
