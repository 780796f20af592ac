using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>Who may sign in and as what; for administrators. There is always one who can sign in.</summary>
public sealed class UserService
{
    private readonly UserWork _work;
    private readonly AuditLog _audit;
    private readonly SessionCache _sessions;

    internal UserService(UserWork work, AuditLog audit, SessionCache sessions) => (_work, _audit, _sessions) = (work, audit, sessions);

    /// <summary>Everybody, by name.</summary>
    /// <exception cref="PenstockException">The actor may not.</exception>
    public async Task<IReadOnlyList<Person>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "see who may sign in");
        var users = await _work.ReadAsync(context => context.Users.AsNoTracking().ToListAsync(cancellationToken), cancellationToken);
        return [.. users.Select(user => Person.Of(user, _work.Now)).OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Gives somebody another role. Their sessions end, so that they sign in with it.</summary>
    /// <exception cref="PenstockException">The actor may not, there is no such person, or it is the last administrator.</exception>
    public Task ChangeRoleAsync(Actor actor, string person, Role role, CancellationToken cancellationToken)
    {
        Check(role);
        return ChangeAsync(actor, "change roles", person, AuditActions.RoleChanged, losesAdministrator: role != Role.Administrator,
            user => user.Role = role, user => new { role = user.Role }, cancellationToken);
    }

    /// <summary>Shuts somebody out: their sessions end.</summary>
    /// <exception cref="PenstockException">The actor may not, there is no such person, or it is the last administrator.</exception>
    public Task DisableAsync(Actor actor, string person, CancellationToken cancellationToken) =>
        ChangeAsync(actor, "disable people", person, AuditActions.Disabled, losesAdministrator: true,
            user => user.IsDisabled = true, user => new { disabled = user.IsDisabled }, cancellationToken);

    /// <summary>Lets somebody in again, and lifts a lock from wrong passwords.</summary>
    /// <exception cref="PenstockException">The actor may not, or there is no such person.</exception>
    public Task EnableAsync(Actor actor, string person, CancellationToken cancellationToken) =>
        ChangeAsync(actor, "enable people", person, AuditActions.Enabled, losesAdministrator: false,
            user => (user.IsDisabled, user.LockoutEnd, user.AccessFailedCount) = (false, null, 0),
            user => new { disabled = user.IsDisabled, lockedUntil = user.LockoutEnd }, cancellationToken);

    /// <summary>Removes somebody's account. What they did stays in the audit log.</summary>
    /// <exception cref="PenstockException">The actor may not, there is no such person, or it is the last administrator.</exception>
    public async Task RemoveAsync(Actor actor, string person, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "remove people");
        await _work.ChangeAsync(
            async (context, _) =>
            {
                var user = await UserWork.FindAsync(context, person, cancellationToken);
                await KeepAnAdministratorAsync(context, user, cancellationToken);
                context.Invitations.RemoveRange(context.Invitations.Where(link => link.UserId == person));
                context.Users.Remove(user);
                _audit.Add(context, actor, AuditActions.Removed, SessionService.Subject(user),
                    new { name = user.DisplayName, role = user.Role }, null);
                return true;
            },
            cancellationToken);
        _sessions.Forget(person);
    }

    // A number that is no role must not get past a form.
    internal static void Check(Role role)
    {
        if (!Enum.IsDefined(role))
            throw new PenstockException(AccessProblems.Field.Of("There is no such role.", "Choose one of the list."));
    }

    private async Task ChangeAsync(
        Actor actor, string what, string person, string action, bool losesAdministrator, Action<User> change, Func<User, object> show,
        CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, what);
        await _work.ChangeAsync(
            async (context, users) =>
            {
                var user = await UserWork.FindAsync(context, person, cancellationToken);
                if (losesAdministrator)
                    await KeepAnAdministratorAsync(context, user, cancellationToken);
                var before = show(user);
                change(user);
                await users.UpdateSecurityStampAsync(user);
                _audit.Add(context, actor, action, SessionService.Subject(user), before, show(user));
                return true;
            },
            cancellationToken);
        _sessions.Forget(person);
    }

    private static async Task KeepAnAdministratorAsync(ControlContext context, User user, CancellationToken cancellationToken)
    {
        if (user.Role != Role.Administrator || user.IsDisabled)
            return;
        var hasOther = await context.Users.AnyAsync(
            other => other.Id != user.Id && other.Role == Role.Administrator && !other.IsDisabled, cancellationToken);
        if (!hasOther)
        {
            throw new PenstockException(AccessProblems.LastAdministrator.Of(
                $"{user.DisplayName} is the last administrator who can sign in.", "Make somebody else an administrator first."));
        }
    }
}
