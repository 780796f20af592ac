using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Penstock.Control;

namespace Penstock.Server.Security;

/// <summary>What of signing in and out is no page.</summary>
public static class AccountEndpoints
{
    /// <summary>Adds <c>POST /sign-out</c>. It takes a token in the form field or, from a script, nothing but the same origin.</summary>
    public static void MapAccountEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task SignOutAsync(HttpContext context, ControlServices services, IAntiforgery antiforgery)
    {
        // A stale tab of somebody signed out already needs no token: there is nothing to protect.
        if (context.User.Identity?.IsAuthenticated == true)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                await Refusals.ForgedAsync(context);
                return;
            }

            var email = context.User.FindFirst(System.Security.Claims.ClaimTypes.Email)?.Value ?? "";
            await services.People.Sessions.SignOutAsync(Principals.ActorOf(context), email, context.RequestAborted);
            await context.SignOutAsync(Schemes.Cookie);
        }

        context.Response.Redirect("/sign-in");
    }
}
