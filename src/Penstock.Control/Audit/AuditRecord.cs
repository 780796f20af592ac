using Penstock.Control.Users;

namespace Penstock.Control.Audit;

/// <summary>One entry of the audit log.</summary>
/// <param name="Id">Counts up; later entries have higher ones.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of actor did it.</param>
/// <param name="ActorId">The person's or key's id; empty for others.</param>
/// <param name="ActorName">What they were called then.</param>
/// <param name="From">The network address; null from the machine itself.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Subject">What it was done to, such as <c>person:ana@example.com</c>.</param>
public sealed record AuditRecord(
    long Id, DateTimeOffset At, ActorKind Kind, string ActorId, string ActorName, string? From, string Action, string Subject)
{
    /// <summary>How it was, as JSON; null when there was nothing.</summary>
    public string? Before { get; init; }

    /// <summary>How it is, as JSON; null when there is nothing.</summary>
    public string? After { get; init; }

    /// <summary>What was done, in words that follow the name.</summary>
    public string Sentence => AuditActions.Sentences.GetValueOrDefault(Action, Action);
}

/// <summary>Which entries are asked for; what is null does not restrict.</summary>
public sealed record AuditFilter
{
    /// <summary>Part of the actor's name, or its whole id.</summary>
    public string? Actor { get; init; }

    /// <summary>One of <see cref="AuditActions"/>, or the part before its dot for all of that kind.</summary>
    public string? Action { get; init; }

    /// <summary>Part of the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it was.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A text found in the subject, the name, or how it was or is; case does not matter.</summary>
    public string? Text { get; init; }
}

/// <summary>A page of the audit log, latest first.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Where the next page begins; null when there is none.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Items, string? Next);
