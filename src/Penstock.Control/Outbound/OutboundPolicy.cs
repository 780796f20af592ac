using System.Net;
using System.Net.Sockets;
using Penstock.Contract;

namespace Penstock.Control.Outbound;

/// <summary>
/// Which addresses Penstock calls when a person names them: public ones, and those that the operator allows. A name is looked up once, and
/// what it says then is called, so that it can't say something else a moment later.
/// </summary>
/// <param name="allowed">What the operator allows inside the network: names (<c>hooks.local</c>), names below another
/// (<c>*.corp.local</c>), addresses and networks (<c>10.0.0.0/8</c>).</param>
public sealed class OutboundPolicy(IReadOnlyList<string> allowed)
{
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            // iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry, read 2026-11
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>What is wrong with an address as written; null when nothing is. Names are looked up when they are called.</summary>
    public Problem? Check(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || address.Host.Length == 0)
            return OutboundProblems.Address.Of("The address must begin with https:// or http:// and hold no user name.");
        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && !May(address.Host, literal) ? Refusal(address.Host)
            : null;
    }

    /// <summary>A handler that calls only what may be called, follows no redirect and uses no proxy.</summary>
    public SocketsHttpHandler Handler() => Guard(new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ActivityHeadersPropagator = null,
    });

    /// <summary>Makes a handler call only what may be called.</summary>
    public SocketsHttpHandler Guard(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = async (context, cancellationToken) =>
            new NetworkStream(await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken), ownsSocket: true);
        return handler;
    }

    /// <summary>Connects to a host.</summary>
    /// <exception cref="PenstockException">It is inside the network, and the operator does not allow it.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);

        // All of them must be good: one bad among them shows that somebody tries.
        if (addresses.Length == 0 || addresses.Any(address => !May(host, address)))
            throw new PenstockException(Refusal(host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool May(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Inside.Any(network => network.Contains(plain)) || allowed.Any(pattern => Matches(pattern, host, plain));
    }

    private static bool Matches(string pattern, string host, IPAddress address)
    {
        if (IPNetwork.TryParse(pattern, out var network))
            return network.Contains(address);
        if (IPAddress.TryParse(pattern.Trim('[', ']'), out var one))
            return one.Equals(address);
        return pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
    }

    private static Problem Refusal(string host) => OutboundProblems.Refused.Of(
        $"{host} is inside the server's own network, which Penstock doesn't call for others.",
        $"If it is meant, the operator allows it: penstock serve --allow-host {host}.");
}
