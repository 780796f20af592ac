using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>What there is to send, operation by operation, in batches. Given by the plan.</summary>
public interface IChangeFeed
{
    /// <summary>How many records an operation is about.</summary>
    long Count(Operation operation);

    /// <summary>
    /// The changes of one operation, once each, in batches of at most <paramref name="size"/> records (fewer only at the end). For
    /// <see cref="Operation.Enter"/> and <see cref="Operation.Leave"/>, those of <paramref name="target"/>, and only of records whose write is
    /// delivered.
    /// </summary>
    IAsyncEnumerable<Batch> ReadAsync(Operation operation, GroupTarget? target, int size, CancellationToken cancellationToken);
}

/// <summary>Takes what became of each record. Called by one thread at a time, in no particular order of batches.</summary>
public interface IAcknowledger
{
    /// <summary>Notes the outcomes of a batch durably within a second or so; never called twice for the same change.</summary>
    ValueTask AcknowledgeAsync(Batch batch, Outcomes outcomes, GroupTarget? target, CancellationToken cancellationToken);

    /// <summary>Makes all that was noted durable.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>How far a delivery is; given a few times a second at most.</summary>
/// <param name="Operation">What is being sent.</param>
/// <param name="Total">How many records the plan sends in all operations.</param>
/// <param name="Done">How many have an outcome.</param>
/// <param name="Calls">HTTP calls so far.</param>
public sealed record DeliveryProgress(Operation Operation, long Total, long Done, long Calls)
{
    /// <summary>Records delivered so far.</summary>
    public long Delivered { get; init; }

    /// <summary>Records refused so far.</summary>
    public long Refused { get; init; }

    /// <summary>Records failed so far.</summary>
    public long Failed { get; init; }

    /// <summary>Records a second, lately.</summary>
    public double Rate { get; init; }

    /// <summary>What is waited for, such as <c>rate limit until 10:15:03</c>; null when nothing is.</summary>
    public string? Waiting { get; init; }
}

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

    /// <summary>Whether it was cancelled before all was sent.</summary>
    public bool Cancelled { get; init; }

    /// <summary>What ended it early: refused credentials, or a far end that stays away; null when it went through.</summary>
    public PenstockException? Ended { get; init; }
}
