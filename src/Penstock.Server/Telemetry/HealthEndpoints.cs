using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;

namespace Penstock.Server.Telemetry;

/// <summary>Whether the process lives, and whether it can do its work: for whoever restarts it or sends it requests.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();
        health.MapGet("/live", () => TypedResults.Json(new { status = "ok" }));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<JsonHttpResult<Readiness>> ReadyAsync(ControlServices services, CancellationToken cancellationToken)
    {
        var checks = new Dictionary<string, bool>(await services.Readiness.CheckAsync(cancellationToken))
        {
            ["scheduler"] = services.Coordinator.DatabaseProblem is null,
        };
        var isGood = checks.Values.All(good => good);
        return TypedResults.Json(
            new Readiness(isGood ? "ok" : "not_ready", checks.ToDictionary(check => check.Key, check => check.Value ? "ok" : "failing")),
            statusCode: isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private sealed record Readiness(string Status, IReadOnlyDictionary<string, string> Checks);
}
