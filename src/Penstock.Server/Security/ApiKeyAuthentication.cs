using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Penstock.Control;

namespace Penstock.Server.Security;

/// <summary><c>Authorization: Bearer psk_…</c>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ControlServices services)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether the request carries a key, good or not.</summary>
    public static bool IsUsedBy(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsUsedBy(Request))
            return AuthenticateResult.NoResult();
        var sent = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        var key = await services.People.Keys.VerifyAsync(sent, Context.RequestAborted);
        return key is null
            ? AuthenticateResult.Fail("The API key is unknown, expired or revoked.")
            : AuthenticateResult.Success(new(Principals.Of(key, Principals.AddressOf(Context)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Refusals.UnauthenticatedAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Refusals.ForbidAsync(Context);
}
