using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>Lets people in by password and knows whether they still may be in.</summary>
public sealed class SessionService
{
    /// <summary>After so many wrong passwords in a row an account is locked.</summary>
    public const int MaxWrongPasswords = 5;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private readonly UserWork _work;
    private readonly AuditLog _audit;
    private readonly SessionCache _sessions;

    internal SessionService(UserWork work, AuditLog audit, SessionCache sessions) =>
        (_work, _audit, _sessions) = (work, audit, sessions);

    /// <summary>
    /// Signs in. An unknown address, a wrong password and a locked account read alike, so that nobody learns who has one.
    /// </summary>
    /// <param name="email">The address.</param>
    /// <param name="password">The password.</param>
    /// <param name="from">The network address it comes from, for the audit log.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="PenstockException"><c>access.refused</c>; <c>access.disabled</c> only to who knows the password.</exception>
    public async Task<Session> SignInAsync(string email, string password, string? from, CancellationToken cancellationToken)
    {
        var normalized = email.Trim().ToUpperInvariant();
        var found = await _work.ReadAsync(
            context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, cancellationToken),
            cancellationToken);
        // Hashing is slow on purpose, so it isn't done while the database is held.
        var verified = UserWork.Verify(found, password);
        if (found is null)
            throw Refused();
        var (session, problem) = await _work.ChangeAsync(
            async (context, _) => Note(context, await UserWork.FindAsync(context, found.Id, cancellationToken), found, verified, from),
            cancellationToken);
        if (session is null)
            throw problem ?? Refused();
        _sessions.Set(session.PersonId, session);
        return session;
    }

    /// <summary>The session as it is now; null when it has ended.</summary>
    /// <param name="person">Who.</param>
    /// <param name="stamp">The stamp it began with.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<Session?> CheckAsync(string person, string stamp, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGet(person, SessionCache.MaxAge, out var session))
        {
            try
            {
                session = await _work.ReadAsync(
                    async context => await context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == person, cancellationToken)
                        is { IsDisabled: false } user ? Session.Of(user) : null,
                    cancellationToken);
                _sessions.Set(person, session);
            }
            catch (PenstockException) when (_sessions.TryGet(person, SessionCache.MaxAgeWithoutDatabase, out session))
            {
                // Nobody is thrown out because the database is away for a moment.
            }
        }

        return session?.Stamp == stamp ? session : null;
    }

    /// <summary>Changes one's own password; all sessions end but the one that is given back.</summary>
    /// <exception cref="PenstockException">The present password is wrong, or the new one too easy to guess.</exception>
    public async Task<Session> ChangePasswordAsync(Actor actor, string current, string next, CancellationToken cancellationToken)
    {
        var (session, problem) = await _work.ChangeAsync<(Session?, PenstockException?)>(
            async (context, users) =>
            {
                var user = await UserWork.FindAsync(context, actor.Id, cancellationToken);
                if (IsLocked(user) || UserWork.Verify(user, current) == PasswordVerificationResult.Failed)
                {
                    CountWrong(context, user, actor);
                    return (null, new PenstockException(AccessProblems.Refused.Of("The present password is not right.",
                        "Try again, or ask an administrator for a link to set a new one.")));
                }

                await UserWork.SetPasswordAsync(users, user, next);
                user.AccessFailedCount = 0;
                _audit.Add(context, actor, AuditActions.PasswordChanged, Subject(user), null, null);
                return (Session.Of(user), null);
            },
            cancellationToken);
        _sessions.Forget(actor.Id);
        return session ?? throw problem ?? Refused();
    }

    /// <summary>Notes that somebody signed out by themselves.</summary>
    public Task SignOutAsync(Actor actor, string email, CancellationToken cancellationToken) => _work.ChangeAsync(
        (context, _) =>
        {
            _audit.Add(context, actor, AuditActions.SignedOut, "person:" + email, null, null);
            return Task.FromResult(true);
        },
        cancellationToken);

    internal static string Subject(User user) => "person:" + user.Email;

    private (Session? Session, PenstockException? Problem) Note(
        ControlContext context, User user, User verifiedOn, PasswordVerificationResult verified, string? from)
    {
        // Between the check and now the account may have been locked by other tries, or the password changed.
        if (IsLocked(user))
            return default;
        var isRight = verified != PasswordVerificationResult.Failed && user.PasswordHash == verifiedOn.PasswordHash;
        if (!isRight)
        {
            CountWrong(context, user, new(ActorKind.System, "", "Somebody", Role.Viewer, from));
            return default;
        }

        if (user.IsDisabled)
            return (null, new(AccessProblems.Disabled.Of("This account is disabled.", "Ask an administrator to enable it.")));
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        user.LastSeenAt = _work.Now;
        _audit.Add(context, new(ActorKind.Person, user.Id, user.DisplayName, user.Role, from), AuditActions.SignedIn, Subject(user),
            null, null);
        return (Session.Of(user), null);
    }

    private bool IsLocked(User user) => user.LockoutEnd > _work.Now;

    private void CountWrong(ControlContext context, User user, Actor actor)
    {
        if (IsLocked(user))
            return; // already told; a flood of tries must not flood the audit log
        user.AccessFailedCount++;
        _audit.Add(context, actor, AuditActions.SignInRefused, Subject(user), null, new { inARow = user.AccessFailedCount });
        if (user.AccessFailedCount < MaxWrongPasswords)
            return;
        user.AccessFailedCount = 0;
        user.LockoutEnd = _work.Now + LockedFor;
        _audit.Add(context, actor, AuditActions.LockedOut, Subject(user), null, new { until = user.LockoutEnd });
    }

    private static PenstockException Refused() => new(AccessProblems.Refused.Of("The e-mail address or the password is not right.",
        "Try again. After five wrong passwords an account is locked for 15 minutes; an administrator can make a link for a new password."));
}
