using System.Net;

namespace Penstock.Engine.Delivering.Http;

/// <summary>How requests reach the network.</summary>
public static class HttpHandlers
{
    /// <summary>
    /// A handler for one or many apps: HTTP/1.1 and 2, no redirects (a key must not follow one to another host), no cookies, and a proxy
    /// only where <paramref name="proxy"/> names it, whatever the environment says.
    /// </summary>
    /// <param name="connections">The most connections a host: at least the most requests in flight. Default 256.</param>
    /// <param name="connectTimeout">How long connecting may take. Default 15 seconds.</param>
    /// <param name="proxy">The proxy; null for none.</param>
    public static SocketsHttpHandler Create(int connections = 256, TimeSpan? connectTimeout = null, Uri? proxy = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy is not null,
        Proxy = proxy is null ? null : new WebProxy(proxy),
        ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(15),
        MaxConnectionsPerServer = connections,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // a host may move
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null, // a vendor has no use for our traces
    };
}
