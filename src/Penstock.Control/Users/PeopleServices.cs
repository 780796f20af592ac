using Penstock.Control.Audit;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>The services for people, sessions, API keys and the audit log.</summary>
public sealed class PeopleServices
{
    internal PeopleServices(ControlDatabase database, TimeProvider time)
    {
        var work = new UserWork(database, time);
        var audit = new AuditLog(time);
        var sessions = new SessionCache(time);
        Users = new(work, audit, sessions);
        Invitations = new(work, audit, sessions);
        Sessions = new(work, audit, sessions);
        Keys = new(work, audit);
        Audit = new(database);
    }

    /// <summary>Who may sign in and as what.</summary>
    public UserService Users { get; }

    /// <summary>Links that let somebody in once.</summary>
    public InvitationService Invitations { get; }

    /// <summary>Signing in and staying in.</summary>
    public SessionService Sessions { get; }

    /// <summary>Keys of programs.</summary>
    public ApiKeyService Keys { get; }

    /// <summary>Who changed what.</summary>
    public AuditService Audit { get; }
}
