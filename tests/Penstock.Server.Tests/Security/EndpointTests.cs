using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Control.Users;
using Penstock.Server.Security;
using Penstock.Testing;

namespace Penstock.Server.Tests.Security;

/// <summary>
/// Every endpoint and page with its policy. A new one is missing from <c>golden/endpoints.txt</c>, and fails here, until somebody has
/// looked at the line: <c>./test --accept</c> adds it.
/// </summary>
public sealed partial class EndpointTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Open = "anybody";

    // ASP.NET's own, for static files newer than the build: by the fallback policy for who is signed in, and gone when published.
    private const string LateFiles = "/{**path:file}";

    [Fact]
    public void Every_endpoint_is_in_the_table_with_its_policy()
    {
        var lines = Endpoints().Select(endpoint => $"{endpoint.Method,-7} {endpoint.Route,-60} {endpoint.Policy}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Golden.Match(string.Join('\n', lines), "endpoints.txt");
    }

    [Fact]
    public void No_endpoint_is_without_a_policy_of_its_own() =>
        Endpoints().Where(endpoint => endpoint.Policy.Length == 0).Select(endpoint => endpoint.ToString())
            .ShouldBeEmpty("give it [Authorize(Policy = Policies.…)], RequireAuthorization(Policies.…) or AllowAnonymous");

    [Fact]
    public void Static_files_are_open_to_anybody() =>
        Sources().Where(IsStatic).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).ShouldBeEmpty();

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var browser = server.NewBrowser();
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            var answer = await CallAsync(browser, endpoint);
            var isTurnedAway = answer.Status == HttpStatusCode.Unauthorized
                || (answer.Status == HttpStatusCode.Found && answer.Location?.StartsWith("/sign-in?", StringComparison.Ordinal) == true);
            if (isTurnedAway == (endpoint.Policy == Open))
                wrong.Add($"{endpoint}: {(int)answer.Status} {answer.Location}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Editor)]
    [InlineData(Role.Publisher)]
    [InlineData(Role.Administrator)]
    public async Task Each_role_gets_what_it_may_and_nothing_more(Role role)
    {
        var browser = await server.AsAsync(role);
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            var may = endpoint.Policy is Open or Policies.Person || Enum.Parse<Role>(endpoint.Policy) <= role;
            var answer = await CallAsync(browser, endpoint);
            if (answer.Status == HttpStatusCode.Unauthorized || answer.Status == HttpStatusCode.Forbidden == may)
                wrong.Add($"{endpoint}: {(int)answer.Status} {answer.Location}");
        }

        wrong.ShouldBeEmpty();
    }

    private static Task<Answer> CallAsync(Browser browser, Row endpoint)
    {
        var path = Parameter().Replace(endpoint.Route, "1");
        var request = new HttpRequestMessage(new(endpoint.Method == "*" ? "GET" : endpoint.Method), path);
        if (endpoint.Method is "POST" or "PUT" or "PATCH")
            request.Content = endpoint.IsForm ? new FormUrlEncodedContent([]) : new StringContent("{}", Encoding.UTF8, "application/json");
        return browser.SendAsync(request);
    }

    private IEnumerable<Endpoint> Sources() => server.Application.Services.GetServices<EndpointDataSource>()
        .Concat(((IEndpointRouteBuilder)server.Application).DataSources).SelectMany(source => source.Endpoints).Distinct();

    private static bool IsStatic(Endpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private IEnumerable<Row> Endpoints() =>
        from endpoint in Sources().OfType<RouteEndpoint>()
        where !IsStatic(endpoint)
        let policy = Policy(endpoint)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
        let route = "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/')
        where route != LateFiles && !(policy == Open && route.StartsWith("/_framework/", StringComparison.Ordinal))
        select new Row(method, route, policy, endpoint.Metadata.GetMetadata<IRouteDiagnosticsMetadata>() is null
            || !route.StartsWith("/api", StringComparison.Ordinal));

    private static string Policy(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return Open;
        // The strictest counts where a group and its endpoint both have one; a requirement without a policy is the fallback's, so none.
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>().ToList();
        return policies.Count == 0 ? "" : policies.MaxBy(policy => Enum.TryParse<Role>(policy, out var role) ? (int)role : 0) ?? "";
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed record Row(string Method, string Route, string Policy, bool IsForm)
    {
        public override string ToString() => $"{Method} {Route} ({Policy})";
    }
}
