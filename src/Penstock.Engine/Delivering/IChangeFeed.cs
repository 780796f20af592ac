using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>What there is to send, operation by operation, in batches. Given by the plan.</summary>
public interface IChangeFeed
{
    /// <summary>How many records an operation is about.</summary>
    long Count(Operation operation);

    /// <summary>
    /// The changes of one operation, once each, in batches of at most <paramref name="size"/> records (fewer only at the end). For
    /// <see cref="Operation.Enter"/> and <see cref="Operation.Leave"/>, those of <paramref name="target"/>, and only of records whose write
    /// is delivered.
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
