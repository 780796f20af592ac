using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>What systems Penstock can speak to.</summary>
internal static class ConnectorEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var connectors = api.MapGroup("/connectors").WithTags("Apps").RequireAuthorization(Policies.Viewer);
        connectors.MapGet("/", List).WithName("list_connectors");
        connectors.MapGet("/{type}", Get).WithName("get_connector");
    }

    /// <summary>Lists the connectors.</summary>
    public static Ok<Page<ConnectorPart>> List(ControlServices services) => TypedResults.Ok(new Page<ConnectorPart>(
        [.. services.Apps.Connectors.All.OrderBy(connector => connector.Declaration.Type, StringComparer.Ordinal).Select(ConnectorPart.Of)],
        null));

    /// <summary>A connector with its options, kinds, fields, group forms and limits.</summary>
    public static Ok<ConnectorDetail> Get(string type, ControlServices services) => TypedResults.Ok(ConnectorDetail.Of(
        services.Apps.Connectors.Find(type) ?? throw Named.Unknown(
            ApiProblems.NotFound, "connector", type, services.Apps.Connectors.All.Select(connector => connector.Declaration.Type))));
}
