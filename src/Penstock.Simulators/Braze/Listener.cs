using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Penstock.Simulators.Braze;

/// <summary>Kestrel on 127.0.0.1 without a host around it: starts in milliseconds, logs nothing, leaves Ctrl-C to the program.</summary>
internal sealed class Listener : IHttpApplication<HttpContext>, IDisposable
{
    private readonly KestrelServer _server;
    private readonly Func<HttpContext, Task> _handle;

    private Listener(KestrelServer server, Func<HttpContext, Task> handle) => (_server, _handle) = (server, handle);

    public Uri Address => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());

    public static async Task<Listener> StartAsync(int port, bool http2, Func<HttpContext, Task> handle, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null; // the vendor's limit is answered by Gate
        options.Limits.MaxRequestLineSize = 128 * 1024; // fifty long ids in a query
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = http2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var listener = new Listener(server, handle);
        try
        {
            await server.StartAsync(listener, cancellationToken);
            return listener;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public void Dispose() => _server.Dispose();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _handle(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
