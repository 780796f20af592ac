using Penstock.Contract;

namespace Penstock.Control.Users;

/// <summary>Checks in the services themselves what an actor may do, whatever a face let through.</summary>
public static class Permissions
{
    /// <summary>Goes on when the actor has the role or a higher one.</summary>
    /// <param name="actor">Who wants it.</param>
    /// <param name="role">The least role that may.</param>
    /// <param name="what">What it is, after "to": <c>invite people</c>.</param>
    /// <exception cref="PenstockException"><c>access.forbidden</c>.</exception>
    public static void Require(this Actor actor, Role role, string what)
    {
        if (actor.Role < role)
        {
            throw new PenstockException(AccessProblems.Forbidden.Of(
                $"To {what} one must be {role}; {actor.Name} is {actor.Role}.", "Ask an administrator to do it, or for another role."));
        }
    }
}
