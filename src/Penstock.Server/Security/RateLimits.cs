using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Penstock.Server.Security;

/// <summary>How often one may try to get in, and how often a program may call.</summary>
internal sealed class RateLimits : IDisposable
{
    /// <summary>Posts of a form with passwords or a link, a minute and network address.</summary>
    public const int TriesPerMinute = 10;

    /// <summary>API calls a minute and key or person.</summary>
    public const int CallsPerMinute = 600;

    private static readonly string[] Forms = ["/sign-in", "/setup", "/accept", "/reset", "/account"];

    private readonly PartitionedRateLimiter<string> _accounts =
        PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetFixedWindowLimiter(account, _ => Tries()));

    public static void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Partition);
        options.OnRejected = (context, _) => new(Refusals.TooManyAsync(context.HttpContext));
    }

    /// <summary>Whether this account may be tried once more; counted for accounts that don't exist too.</summary>
    public bool MayTry(string email)
    {
        using var lease = _accounts.AttemptAcquire(email.Trim().ToUpperInvariant());
        return lease.IsAcquired;
    }

    public void Dispose() => _accounts.Dispose();

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var request = context.Request;
        var form = HttpMethods.IsPost(request.Method)
            ? Array.Find(Forms, form => request.Path.StartsWithSegments(form, StringComparison.OrdinalIgnoreCase))
            : null;
        if (form is not null)
            return RateLimitPartition.GetFixedWindowLimiter($"{form} {Network(context.Connection.RemoteIpAddress)}", _ => Tries());
        if (!request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            return RateLimitPartition.GetNoLimiter("");
        var caller = context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? $"{context.User.FindFirstValue(Principals.Kind)} {id}"
            : "nobody " + Network(context.Connection.RemoteIpAddress);
        return RateLimitPartition.GetTokenBucketLimiter(caller, _ => new()
        {
            TokenLimit = CallsPerMinute,
            TokensPerPeriod = CallsPerMinute / 60,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }

    private static FixedWindowRateLimiterOptions Tries() =>
        new() { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };

    // Whoever has one IPv6 address has 2^64 of them.
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
