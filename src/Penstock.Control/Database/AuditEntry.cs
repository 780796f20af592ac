namespace Penstock.Control.Database;

/// <summary>One thing that somebody changed. Written only; a trigger in the database refuses to change or delete it.</summary>
internal sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public required string ActorKind { get; set; }

    public required string ActorId { get; set; }

    public required string ActorName { get; set; }

    /// <summary>The network address; null from the command line or Penstock itself.</summary>
    public string? From { get; set; }

    /// <summary>What was done, such as <c>revision.published</c>.</summary>
    public required string Action { get; set; }

    /// <summary>What it was done to, such as <c>destination:braze_users</c>.</summary>
    public required string Subject { get; set; }

    /// <summary>How it was before, as JSON without secrets; null when there was nothing.</summary>
    public string? Before { get; set; }

    /// <summary>How it is after, as JSON without secrets; null when there is nothing.</summary>
    public string? After { get; set; }
}
