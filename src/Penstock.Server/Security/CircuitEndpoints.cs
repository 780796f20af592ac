using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Penstock.Server.Security;

/// <summary>Policies for the endpoints that Blazor adds by itself.</summary>
internal static class CircuitEndpoints
{
    /// <summary>Circuits are for who is signed in by password; Blazor's script is for all, as the other static files.</summary>
    public static RazorComponentsEndpointConventionBuilder GuardCircuits(this RazorComponentsEndpointConventionBuilder components)
    {
        components.Add(endpoint =>
        {
            if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } route } || IsPage(endpoint))
                return;
            if (route.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Person));
            else if (route.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal))
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
        });
        return components;
    }

    private static bool IsPage(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>().Any();
}
