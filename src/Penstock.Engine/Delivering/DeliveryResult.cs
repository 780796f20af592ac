using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>What a delivery came to.</summary>
public sealed record DeliveryResult
{
    /// <summary>Records delivered, over all operations but finding, entering and leaving (those count with their record).</summary>
    public required long Delivered { get; init; }

    /// <summary>Records skipped.</summary>
    public required long Skipped { get; init; }

    /// <summary>Records refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Records failed: tried again by the next run.</summary>
    public required long Failed { get; init; }

    /// <summary>HTTP calls made, retries included; batches written, for a destination that isn't reached by HTTP.</summary>
    public required long Calls { get; init; }

    /// <summary>Changes of a group's members that took calls of their own and were taken.</summary>
    public long MembersDelivered { get; init; }

    /// <summary>Changes of a group's members that took calls of their own and were refused or failed.</summary>
    public long MembersNotDelivered { get; init; }

    /// <summary>Whether it was cancelled before all was sent.</summary>
    public bool Cancelled { get; init; }

    /// <summary>What ended it early: refused credentials, or a far end that stays away; null when it went through.</summary>
    public PenstockException? Ended { get; init; }

    /// <summary>The records not delivered, grouped by reason, the most frequent first; at most 50 groups.</summary>
    public IReadOnlyList<NotDelivered> Reasons { get; init; } = [];
}

/// <summary>Records that were not delivered for the same reason.</summary>
/// <param name="Operation">What was asked for.</param>
/// <param name="Kind">Skipped, refused or failed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many records.</param>
/// <param name="Keys">The keys of at most ten of them.</param>
/// <param name="Exchange">The request that the first of them was in; null when there was none.</param>
public sealed record NotDelivered(
    Operation Operation, OutcomeKind Kind, Problem Reason, long Count, IReadOnlyList<string> Keys, Exchange? Exchange);

/// <summary>A request and its answer for people to look at, cut short and without credentials. Holds personal data.</summary>
/// <param name="Method">The request's method.</param>
/// <param name="Address">Its address.</param>
/// <param name="Request">The beginning of its body.</param>
/// <param name="Status">The answer's status; null when none came.</param>
/// <param name="Answer">The beginning of the answer's body, or what came instead of one.</param>
/// <param name="At">When, in UTC.</param>
public sealed record Exchange(string Method, string Address, string Request, int? Status, string Answer, DateTimeOffset At);
