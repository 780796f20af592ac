using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Users;

namespace Penstock.Server.Security;

/// <summary>What the account pages do with the request they are drawn in: they are plain forms, without a circuit.</summary>
internal sealed class BrowserSession(IHttpContextAccessor accessor, ControlServices services, RateLimits limits)
{
    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("Account pages are drawn in a request.");

    /// <summary>Where the request comes from.</summary>
    public string? From => Principals.AddressOf(Context);

    /// <summary>Who is signed in; null for nobody.</summary>
    public Actor? Actor => Context.User.Identity?.IsAuthenticated == true ? Principals.ActorOf(Context) : null;

    /// <summary>The address of whoever is signed in.</summary>
    public string? Email => Context.User.FindFirstValue(ClaimTypes.Email);

    /// <summary>Whether the browser would not keep the cookie: plain HTTP from another machine.</summary>
    public bool IsInTheClear => !Context.Request.IsHttps && !Principals.IsLoopback(Context.Request.Host);

    /// <summary>Signs in by password.</summary>
    /// <exception cref="PenstockException">It was refused.</exception>
    public async Task SignInAsync(string email, string password)
    {
        if (!limits.MayTry(email))
        {
            throw new PenstockException(AccessProblems.TooMany.Of("That was too many tries for this account in a short time.",
                "Wait a minute and try again."));
        }

        await KeepAsync(await services.People.Sessions.SignInAsync(email, password, From, Context.RequestAborted));
    }

    /// <summary>Changes the password of who is signed in; this browser stays signed in, the others don't.</summary>
    /// <exception cref="PenstockException">It was refused.</exception>
    public async Task ChangePasswordAsync(string current, string next) =>
        await KeepAsync(await services.People.Sessions.ChangePasswordAsync(
            Principals.ActorOf(Context), current, next, Context.RequestAborted));

    private Task KeepAsync(Session session) => Context.SignInAsync(Schemes.Cookie, Principals.Of(session, From));
}
