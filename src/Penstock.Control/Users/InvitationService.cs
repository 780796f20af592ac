using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>Lets people in by links that work once: the first administrator, who is invited, and who needs a new password.</summary>
public sealed class InvitationService
{
    /// <summary>How long the first administrator's link works; each start of the server makes a new one.</summary>
    public static readonly TimeSpan SetupLasts = TimeSpan.FromDays(1);

    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    /// <summary>How long a link for a new password works.</summary>
    public static readonly TimeSpan ResetLasts = TimeSpan.FromDays(1);

    private const string Setup = "setup";
    private const string Invited = "invitation";
    private const string Reset = "reset";

    private readonly UserWork _work;
    private readonly AuditLog _audit;
    private readonly SessionCache _sessions;

    internal InvitationService(UserWork work, AuditLog audit, SessionCache sessions) =>
        (_work, _audit, _sessions) = (work, audit, sessions);

    /// <summary>A new link for the first administrator; earlier ones stop working. Null when somebody is there already.</summary>
    public Task<OneTimeLink?> SetupAsync(CancellationToken cancellationToken) => _work.ChangeAsync(
        async (context, _) =>
        {
            if (await context.Users.AnyAsync(cancellationToken))
                return null;
            context.Invitations.RemoveRange(context.Invitations.Where(other => other.Kind == Setup));
            return Offer(context, Actor.System, Setup, Role.Administrator, SetupLasts, email: null, user: null);
        },
        cancellationToken);

    /// <summary>What a link is for.</summary>
    /// <param name="page">The page that took it: <c>setup</c>, <c>accept</c> or <c>reset</c>.</param>
    /// <param name="token">The token in its address.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PenstockException"><c>access.link</c>: it doesn't work any more, or never did.</exception>
    public Task<LinkOffer> FindAsync(string page, string token, CancellationToken cancellationToken) => _work.ReadAsync(
        async context =>
        {
            var found = await FindAsync(context, page == "accept" ? Invited : page, token, cancellationToken);
            return new LinkOffer(found.Email, found.Kind == Reset ? null : found.Role, found.ExpiresAt);
        },
        cancellationToken);

    /// <summary>Makes the first administrator.</summary>
    /// <exception cref="PenstockException">The link doesn't work, or a field can't be taken.</exception>
    public Task<Person> CompleteSetupAsync(
        string token, string email, string name, string password, string? from, CancellationToken cancellationToken) => _work.ChangeAsync(
        async (context, users) =>
        {
            var link = await FindAsync(context, Setup, token, cancellationToken);
            if (await context.Users.AnyAsync(cancellationToken))
                throw Useless();
            return await JoinAsync(context, users, link, email, name, password, from, AuditActions.SetupDone);
        },
        cancellationToken);

    /// <summary>Invites somebody; an earlier invitation of the same address stops working.</summary>
    /// <exception cref="PenstockException">The actor may not, the address is none, or its owner is there already.</exception>
    public Task<OneTimeLink> InviteAsync(Actor actor, string email, Role role, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "invite people");
        UserService.Check(role);
        var address = UserWork.Email(email);
        return _work.ChangeAsync(
            async (context, users) =>
            {
                if (await users.FindByEmailAsync(address) is not null)
                    throw UserWork.Taken(address);
                var open = await context.Invitations.Where(other => other.Kind == Invited && other.UsedAt == null)
                    .ToListAsync(cancellationToken);
                context.Invitations.RemoveRange(
                    open.Where(other => string.Equals(other.Email, address, StringComparison.OrdinalIgnoreCase)));
                _audit.Add(context, actor, AuditActions.Invited, "person:" + address, null, new { role });
                return Offer(context, actor, Invited, role, InvitationLasts, address, user: null);
            },
            cancellationToken);
    }

    /// <summary>The invitations that wait to be accepted, latest first.</summary>
    public async Task<IReadOnlyList<OpenInvitation>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "see who is invited");
        var now = _work.Now;
        return await _work.ReadAsync(
            async context => await context.Invitations.AsNoTracking()
                .Where(invitation => invitation.Kind == Invited && invitation.UsedAt == null && invitation.ExpiresAt > now)
                .OrderByDescending(invitation => invitation.Id)
                .Select(invitation => new OpenInvitation(invitation.Id, invitation.Email ?? "", invitation.Role, invitation.CreatedAt,
                    invitation.ExpiresAt, invitation.CreatedBy))
                .ToListAsync(cancellationToken),
            cancellationToken);
    }

    /// <summary>Withdraws an invitation: its link stops working.</summary>
    /// <exception cref="PenstockException">The actor may not, or it is not open.</exception>
    public Task WithdrawAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "withdraw invitations");
        return _work.ChangeAsync(
            async (context, _) =>
            {
                var found = await context.Invitations.SingleOrDefaultAsync(
                    invitation => invitation.Id == id && invitation.Kind == Invited && invitation.UsedAt == null, cancellationToken)
                    ?? throw new PenstockException(AccessProblems.UnknownInvitation.Of("There is no such open invitation.",
                        "Load the list anew: it may have been accepted or withdrawn."));
                context.Invitations.Remove(found);
                _audit.Add(context, actor, AuditActions.InvitationWithdrawn, "person:" + found.Email, new { role = found.Role }, null);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Accepts an invitation. Address and role are the invitation's, whatever a form says.</summary>
    /// <exception cref="PenstockException">The link doesn't work, or a field can't be taken.</exception>
    public Task<Person> AcceptAsync(string token, string name, string password, string? from, CancellationToken cancellationToken) =>
        _work.ChangeAsync(
            async (context, users) =>
            {
                var link = await FindAsync(context, Invited, token, cancellationToken);
                return await JoinAsync(context, users, link, link.Email ?? "", name, password, from, AuditActions.Joined);
            },
            cancellationToken);

    /// <summary>A link for a new password; the old one goes on working until it is used.</summary>
    /// <exception cref="PenstockException">The actor may not, or there is no such person.</exception>
    public Task<OneTimeLink> OfferResetAsync(Actor actor, string person, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "make links for new passwords");
        return _work.ChangeAsync(
            async (context, _) =>
            {
                var user = await UserWork.FindAsync(context, person, cancellationToken);
                context.Invitations.RemoveRange(context.Invitations.Where(other => other.Kind == Reset && other.UserId == person));
                _audit.Add(context, actor, AuditActions.ResetOffered, SessionService.Subject(user), null, null);
                return Offer(context, actor, Reset, user.Role, ResetLasts, user.Email, user.Id);
            },
            cancellationToken);
    }

    /// <summary>Sets a new password by a link: sessions end, a lock from wrong passwords is lifted.</summary>
    /// <exception cref="PenstockException">The link doesn't work, or the password is too easy to guess.</exception>
    public async Task<Person> ResetAsync(string token, string password, string? from, CancellationToken cancellationToken)
    {
        var person = await _work.ChangeAsync(
            async (context, users) =>
            {
                var link = await FindAsync(context, Reset, token, cancellationToken);
                var user = await UserWork.FindAsync(context, link.UserId ?? "", cancellationToken);
                if (user.IsDisabled)
                    throw Useless();
                await UserWork.SetPasswordAsync(users, user, password);
                (user.AccessFailedCount, user.LockoutEnd) = (0, null);
                link.UsedAt = _work.Now;
                _audit.Add(context, new(ActorKind.Person, user.Id, user.DisplayName, user.Role, from), AuditActions.PasswordReset,
                    SessionService.Subject(user), null, null);
                return Person.Of(user, _work.Now);
            },
            cancellationToken);
        _sessions.Forget(person.Id);
        return person;
    }

    private async Task<Person> JoinAsync(
        ControlContext context, UserManager<User> users, Invitation link, string email, string name, string password, string? from,
        string action)
    {
        var user = await _work.CreateAsync(users, email, name, link.Role, password);
        link.UsedAt = _work.Now;
        _audit.Add(context, new(ActorKind.Person, user.Id, user.DisplayName, user.Role, from), action, SessionService.Subject(user), null,
            new { name = user.DisplayName, role = user.Role });
        return Person.Of(user, _work.Now);
    }

    private OneTimeLink Offer(
        ControlContext context, Actor actor, string kind, Role role, TimeSpan lasts, string? email, string? user)
    {
        var token = OneTimeTokens.Create();
        var now = _work.Now;
        context.Invitations.Add(new()
        {
            Kind = kind,
            TokenHash = OneTimeTokens.Hash(token),
            Email = email,
            UserId = user,
            Role = role,
            CreatedAt = now,
            ExpiresAt = now + lasts,
            CreatedBy = actor.Name,
        });
        return new(kind == Invited ? "accept" : kind, new(token), now + lasts);
    }

    private async Task<Invitation> FindAsync(ControlContext context, string kind, string token, CancellationToken cancellationToken)
    {
        var hash = OneTimeTokens.Hash(token);
        var found = await context.Invitations.SingleOrDefaultAsync(invitation => invitation.TokenHash == hash, cancellationToken);
        return found is { UsedAt: null } && found.Kind == kind && found.ExpiresAt > _work.Now ? found : throw Useless();
    }

    private static PenstockException Useless() => new(AccessProblems.Link.Of("This link was used already, is too old, or is incomplete.",
        "Ask an administrator for a new one; the first administrator's link is printed whenever the server starts."));
}
