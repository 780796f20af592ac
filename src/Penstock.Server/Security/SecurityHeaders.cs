using Microsoft.AspNetCore.Http;

namespace Penstock.Server.Security;

/// <summary>What every answer tells the browser not to do.</summary>
internal static class SecurityHeaders
{
    // MudBlazor sets styles on elements, hence 'unsafe-inline' for styles alone. 'self' for connections covers the web socket.
    private const string Content =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()";

    public static Task SetAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment, since Blazor sets a weaker policy of its own on its pages.
        context.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>()?.Policy(context) ?? Content;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer"; // links that let somebody in have their token in the address
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        // What belongs to somebody is in no shared or local cache; static files say themselves how long they last.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}

/// <summary>Metadata of an endpoint whose page needs another content security policy, such as the API's reference page.</summary>
/// <param name="Policy">The header's value, once the answer is known.</param>
internal sealed record ContentPolicy(Func<HttpContext, string> Policy);
