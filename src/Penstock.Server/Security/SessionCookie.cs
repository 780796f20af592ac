using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Control;

namespace Penstock.Server.Security;

/// <summary>The cookie of who is signed in.</summary>
internal static class SessionCookie
{
    public const string Name = "Penstock";

    /// <summary>Without any request for so long, one signs in again.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie = new GuardedCookie { Name = Name, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
        options.ExpireTimeSpan = Lasts;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = context => Refusals.SignInAsync(context.HttpContext, context.RedirectUri),
            OnRedirectToAccessDenied = context => Refusals.ForbidAsync(context.HttpContext),
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<ControlServices>().People.Sessions;
        var person = context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = context.Principal?.FindFirstValue(Principals.Stamp);
        var session = person is null || stamp is null ? null : await sessions.CheckAsync(person, stamp, http.RequestAborted);
        if (session is null)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Schemes.Cookie);
            return;
        }

        // The address is that of this request, not of the one that signed in.
        context.ReplacePrincipal(Principals.Of(session, Principals.AddressOf(http)));
    }
}

/// <summary>
/// A cookie that never travels in the clear: marked <c>Secure</c> unless it goes by plain HTTP to this very machine, where there is
/// nobody in between and a browser would not keep it otherwise.
/// </summary>
internal sealed class GuardedCookie : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = context.Request.IsHttps || !Principals.IsLoopback(context.Request.Host);
        return options;
    }
}
