using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Penstock.Contract;
using Penstock.Control.Users;
using Penstock.Server.Components.Pages.Account;

namespace Penstock.Server.Security;

/// <summary>How a request is turned away: programs get problem+json with the code, people a page.</summary>
internal static class Refusals
{
    /// <summary>401 for a program; a person is sent to sign in and comes back.</summary>
    public static Task SignInAsync(HttpContext context, string signIn)
    {
        if (!IsPage(context.Request))
            return UnauthenticatedAsync(context);
        context.Response.Redirect(signIn);
        return Task.CompletedTask;
    }

    public static Task UnauthenticatedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(context, StatusCodes.Status401Unauthorized, AccessProblems.Unauthenticated.Of(
            "Nobody is signed in, or the API key is unknown, expired or revoked.",
            "Sign in, or send a key as 'Authorization: Bearer psk_…'."));
    }

    public static Task ForbidAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status403Forbidden, AccessProblems.Forbidden.Of(
        "Your role does not allow this.", "Ask an administrator to do it, or for another role."));

    public static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "60";
        return WriteAsync(context, StatusCodes.Status429TooManyRequests,
            AccessProblems.TooMany.Of("That was too many tries in a short time.", "Wait a minute and try again."));
    }

    public static Task ForgedAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, AccessProblems.Forged.Of(
        "This form is out of date or was not sent from a page of this server.", "Load the page anew and send it again."));

    private static Task WriteAsync(HttpContext context, int status, Problem problem)
    {
        if (IsPage(context.Request))
        {
            return new RazorComponentResult<RefusedPage>(new Dictionary<string, object?> { [nameof(RefusedPage.Problem)] = problem })
            {
                StatusCode = status,
            }.ExecuteAsync(context);
        }

        return TypedResults.Problem(problem.Message, statusCode: status, title: problem.Message, extensions: new Dictionary<string, object?>
        {
            ["code"] = problem.Code,
            ["help"] = problem.Help,
        }).ExecuteAsync(context);
    }

    // What a browser shows to a person, as opposed to what scripts and programs call.
    private static bool IsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) && !ApiKeyAuthentication.IsUsedBy(request)
        && request.Headers.Accept.ToString() is var accept
        && (accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || HttpMethods.IsGet(request.Method) && accept.Length == 0);
}
