using Microsoft.AspNetCore.Http;

namespace Penstock.Server.Security;

/// <summary>
/// Turns away what another site's page makes a browser send: the second guard beside the forms' tokens, and the only one for the API and
/// the circuit's web socket. Programs send neither of the headers; browsers always do.
/// </summary>
internal static class SameOrigin
{
    public static Task CheckAsync(HttpContext context, RequestDelegate next) =>
        Changes(context) && !ApiKeyAuthentication.IsUsedBy(context.Request) && IsForeign(context.Request)
            ? Refusals.ForgedAsync(context)
            : next(context);

    private static bool Changes(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest || context.Request.Headers.Upgrade.Count > 0
        || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            || HttpMethods.IsOptions(context.Request.Method));

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is not ("same-origin" or "none");
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return false;
        return !Uri.TryCreate(origin, UriKind.Absolute, out var from)
            || !string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
