namespace Penstock.Contract;

/// <summary>What became of one record of a batch.</summary>
public enum OutcomeKind : byte
{
    /// <summary>Nothing said yet. Never leaves a connector.</summary>
    None,

    /// <summary>The far end took it.</summary>
    Delivered,

    /// <summary>Nothing to do, with the reason: tried again only when it changes or is looked at anew.</summary>
    Skipped,

    /// <summary>The far end refused the record: its own fault. Parked until it changes.</summary>
    Refused,

    /// <summary>Not taken for a reason outside of it. Tried again by the next run.</summary>
    Failed,
}

/// <summary>One outcome.</summary>
/// <param name="Kind">What became of the record.</param>
/// <param name="Reason">Why; null when delivered.</param>
/// <param name="RemoteId">The vendor's own id, where it told one.</param>
public readonly record struct Outcome(OutcomeKind Kind, Problem? Reason = null, string? RemoteId = null);

/// <summary>The outcomes of a batch: exactly one per record, in its order.</summary>
public sealed class Outcomes
{
    private readonly Outcome[] _all;

    /// <summary>Outcomes for <paramref name="count"/> records, none said yet.</summary>
    public Outcomes(int count) => _all = new Outcome[count];

    /// <summary>How many records there are.</summary>
    public int Count => _all.Length;

    /// <summary>Why the request was refused as a whole, without naming a record; null when it was not.</summary>
    public Problem? WholeReason { get; private init; }

    /// <summary>The outcome of the record at <paramref name="index"/>.</summary>
    public Outcome this[int index] => _all[index];

    /// <summary>The far end took the record.</summary>
    /// <param name="index">The record's place in the batch.</param>
    /// <param name="remoteId">The vendor's id of it, if told.</param>
    public void Deliver(int index, string? remoteId = null) => _all[index] = new(OutcomeKind.Delivered, null, remoteId);

    /// <summary>The far end refused the record. Wins over what was said of it before.</summary>
    public void Refuse(int index, Problem reason) => _all[index] = new(OutcomeKind.Refused, reason);

    /// <summary>The record could not be taken for a reason outside of it.</summary>
    public void Fail(int index, Problem reason) => _all[index] = new(OutcomeKind.Failed, reason);

    /// <summary>There was nothing to do for the record.</summary>
    public void Skip(int index, Problem reason) => _all[index] = new(OutcomeKind.Skipped, reason);

    /// <summary>Takes over an outcome said elsewhere, such as that of a part of the batch. For the engine.</summary>
    public void Put(int index, Outcome outcome) => _all[index] = outcome;

    /// <summary>A look-up found the record.</summary>
    public void Found(int index, string? remoteId) => Deliver(index, remoteId);

    /// <summary>A look-up did not find the record.</summary>
    public void Missing(int index) => _all[index] = new(OutcomeKind.Skipped, MissingThere);

    /// <summary>The problem of a record that a look-up did not find.</summary>
    public static Problem MissingThere { get; } =
        new("outcome.missing", "The record does not exist at the destination.",
            "Enrich never creates records; it is looked for again by the next run.");

    /// <summary>Throws when a record has no outcome: a defect of the connector, which must not pass for a delivery.</summary>
    /// <exception cref="InvalidOperationException">Names the first such record's place.</exception>
    public void EnsureComplete()
    {
        var missing = WholeReason is null ? Array.FindIndex(_all, outcome => outcome.Kind == OutcomeKind.None) : -1;
        if (missing >= 0)
            throw new InvalidOperationException($"The connector gave no outcome for record {missing} of {_all.Length}.");
    }

    internal static Outcomes OfWhole(int count, Problem reason)
    {
        var outcomes = new Outcomes(count) { WholeReason = reason };
        for (var i = 0; i < count; i++)
            outcomes.Refuse(i, reason);
        return outcomes;
    }
}
