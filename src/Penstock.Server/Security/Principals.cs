using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Penstock.Control.Users;

namespace Penstock.Server.Security;

/// <summary>Between ASP.NET's principals and Penstock's actors.</summary>
public static class Principals
{
    internal const string Stamp = "penstock:stamp";
    internal const string Address = "penstock:from";
    internal const string Model = "penstock:model";
    internal const string Kind = "penstock:kind";

    /// <summary>Who makes this request, for the services and the audit log.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the endpoint lacks a policy.</exception>
    public static Actor ActorOf(HttpContext context) => ActorOf(context.User) with { From = AddressOf(context) };

    /// <summary>Who a principal is, with the address that its circuit or request came from.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor ActorOf(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            && Enum.TryParse<Role>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            && Enum.TryParse<ActorKind>(principal.FindFirstValue(Kind), out var kind)
            ? new(kind, id, principal.Identity.Name ?? "", role, principal.FindFirstValue(Address))
            : throw new InvalidOperationException("Nobody is signed in here. Give the endpoint or page a policy.");

    /// <summary>Whether this caller may see and run that model; a key may be made for some only.</summary>
    public static bool MayUseModel(this ClaimsPrincipal principal, string model)
    {
        var models = principal.FindAll(Model).ToList();
        return models.Count == 0 || models.Exists(claim => claim.Value == model);
    }

    /// <summary>The models that a key is made for; empty for all.</summary>
    public static IReadOnlyList<string> ModelsOf(this ClaimsPrincipal principal) =>
        [.. principal.FindAll(Model).Select(claim => claim.Value)];

    internal static string? AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
    }

    internal static bool IsLoopback(HostString host) =>
        host.Host is "localhost" || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    internal static ClaimsPrincipal Of(Session session, string? from)
    {
        var identity = new ClaimsIdentity(Schemes.Cookie);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, session.PersonId));
        identity.AddClaim(new(ClaimTypes.Name, session.Name));
        identity.AddClaim(new(ClaimTypes.Email, session.Email));
        identity.AddClaim(new(ClaimTypes.Role, session.Role.ToString()));
        identity.AddClaim(new(Kind, nameof(ActorKind.Person)));
        identity.AddClaim(new(Stamp, session.Stamp));
        if (from is not null)
            identity.AddClaim(new(Address, from));
        return new(identity);
    }

    internal static ClaimsPrincipal Of(ApiKeyEntry key, string? from)
    {
        var identity = new ClaimsIdentity(Schemes.ApiKey);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, key.Id));
        identity.AddClaim(new(ClaimTypes.Name, key.Name));
        identity.AddClaim(new(ClaimTypes.Role, key.Role.ToString()));
        identity.AddClaim(new(Kind, nameof(ActorKind.ApiKey)));
        identity.AddClaims(key.Models.Select(model => new Claim(Model, model)));
        if (from is not null)
            identity.AddClaim(new(Address, from));
        return new(identity);
    }
}

/// <summary>The names of the ways to say who one is.</summary>
internal static class Schemes
{
    /// <summary>Chooses between the two others by what the request carries.</summary>
    public const string Either = "Penstock";

    public const string Cookie = "Cookie";

    public const string ApiKey = "ApiKey";
}
