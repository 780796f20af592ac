using Penstock.Control.Database;
using Penstock.Control.Users;

namespace Penstock.Control.Audit;

/// <summary>Writes down who changed what. An entry belongs to the transaction of the change itself: both are kept, or neither.</summary>
internal sealed class AuditLog(TimeProvider time)
{
    /// <summary>Adds an entry to what <paramref name="context"/> saves next.</summary>
    /// <param name="context">The context that makes the change.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subject">What it is done to, such as <c>destination:braze_users</c>.</param>
    /// <param name="before">How it was; null when there was nothing. Written as JSON without secrets.</param>
    /// <param name="after">How it is; null when there is nothing.</param>
    public void Add(ControlContext context, Actor actor, string action, string subject, object? before, object? after) =>
        context.Audit.Add(new()
        {
            At = time.GetUtcNow(),
            ActorKind = actor.Kind.ToString(),
            ActorId = actor.Id,
            ActorName = actor.Name,
            From = actor.From,
            Action = action,
            Subject = subject,
            Before = AuditJson.Write(before),
            After = AuditJson.Write(after),
        });
}
