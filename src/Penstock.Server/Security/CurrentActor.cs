using Microsoft.AspNetCore.Components.Authorization;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Users;

namespace Penstock.Server.Security;

/// <summary>Who sits before an interactive page: inject it and call <see cref="GetAsync"/> just before something is done.</summary>
public sealed class CurrentActor
{
    private readonly AuthenticationStateProvider _state;
    private readonly ControlServices _services;

    /// <summary>Made by dependency injection.</summary>
    public CurrentActor(AuthenticationStateProvider state, ControlServices services) => (_state, _services) = (state, services);

    /// <summary>Who it is, checked anew: a session may have ended while the page was open.</summary>
    /// <exception cref="PenstockException"><c>access.unauthenticated</c>: it has ended.</exception>
    public async Task<Actor> GetAsync(CancellationToken cancellationToken = default)
    {
        var user = (await _state.GetAuthenticationStateAsync()).User;
        return user.Identity?.IsAuthenticated == true && await CircuitSessions.StillInAsync(_services, user, cancellationToken)
            ? Principals.ActorOf(user)
            : throw new PenstockException(AccessProblems.Unauthenticated.Of("You are no longer signed in.",
                "Load the page anew to sign in. What is in the draft is kept."));
    }

    /// <summary>Whether whoever sits there has the role or a higher one; for showing, not for protecting.</summary>
    public async Task<bool> IsAsync(Role role) =>
        (await _state.GetAuthenticationStateAsync()).User is { Identity.IsAuthenticated: true } user
        && Principals.ActorOf(user).Role >= role;
}
