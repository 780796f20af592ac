using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control;

namespace Penstock.Server.Security;

/// <summary>Ends what a page that was left open may do once its session has ended: checked every minute.</summary>
internal sealed class CircuitSessions(ILoggerFactory loggers, ControlServices services)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        StillInAsync(services, authenticationState.User, cancellationToken);

    /// <summary>Whether the session of a principal goes on.</summary>
    internal static async Task<bool> StillInAsync(ControlServices services, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = user.FindFirstValue(ClaimTypes.NameIdentifier);
        var stamp = user.FindFirstValue(Principals.Stamp);
        if (person is null || stamp is null)
            return false;
        try
        {
            return await services.People.Sessions.CheckAsync(person, stamp, cancellationToken) is not null;
        }
        catch (PenstockException)
        {
            return true; // the database is away: nobody is thrown out for that, and nothing can be changed meanwhile either
        }
    }
}
