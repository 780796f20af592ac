using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>All that is known of one record.</summary>
/// <param name="Key">Its key.</param>
/// <param name="InModel">Whether the model has it; a record that is gone may still be known to destinations.</param>
public sealed record RecordDetail(string Key, bool InModel)
{
    /// <summary>The value of the model's display property; null where there is none.</summary>
    public string? Display { get; init; }

    /// <summary>Its values, in the model's order; empty when the model does not have it.</summary>
    public IReadOnlyList<RecordValue> Values { get; init; } = [];

    /// <summary>The model's groups, with the rules that decided.</summary>
    public IReadOnlyList<RecordGroup> Groups { get; init; } = [];

    /// <summary>The model's destinations.</summary>
    public IReadOnlyList<RecordAtDestination> Destinations { get; init; } = [];

    /// <summary>Why there is nothing to show; null when there is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A value of a record.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">The value as text; null for none.</param>
/// <param name="From">Where it comes from: <c>shop · users.email</c>, <c>shop · sum of purchases.price</c>, an expression.</param>
/// <param name="State">Whether it is loaded as it is configured now.</param>
public sealed record RecordValue(string Property, string? Value, string From, LoadedState State);

/// <summary>A group and whether the record is in it.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="Verdict">The group's rule on the record; whether it holds is the membership.</param>
public sealed record RecordGroup(string Group, RuleVerdict Verdict);

/// <summary>A record at one destination.</summary>
/// <param name="Destination">The destination.</param>
public sealed record RecordAtDestination(string Destination)
{
    /// <summary>Its key at the far end; null where it has none.</summary>
    public string? Key { get; init; }

    /// <summary>What a run would do with it now: create, update, rename, remove, skip, refuse, or nothing.</summary>
    public string Act { get; init; } = "nothing";

    /// <summary>Why it would be skipped or refused by rule; null when it would not.</summary>
    public Problem? Reason { get; init; }

    /// <summary>Each mapped field and group: what the far end acknowledged, what the model says, and whether a run would send it.</summary>
    public IReadOnlyList<ExplainedField> Fields { get; init; } = [];

    /// <summary>When the far end last acknowledged something of it, in UTC; null for never.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The refusal or failure that is kept of it: reason, help, attempts, first and last time; null when there is none.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The last things sent, newest first, at most ten; the rest by <see cref="Inspector.HistoryAsync"/>.</summary>
    public IReadOnlyList<ExplainedSend> History { get; init; } = [];

    /// <summary>Why nothing can be told of it here: the destination's configuration can't be used, a property is not loaded.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A page of a record's history.</summary>
/// <param name="Sends">What was sent, newest first.</param>
/// <param name="Next">The offset of the next page; null on the last.</param>
public sealed record HistoryPage(IReadOnlyList<ExplainedSend> Sends, int? Next);

/// <summary>A page of a plan.</summary>
/// <param name="Counts">How many records each act is planned for: create, update, rename, remove, skip, refuse.</param>
/// <param name="Changes">The records of the page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record PlanPage(IReadOnlyDictionary<string, long> Counts, IReadOnlyList<PlannedRecord> Changes, string? Next)
{
    /// <summary>Why there is nothing to show: nothing was planned yet; null when there is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>One record of a plan.</summary>
/// <param name="Act">create, update, rename, remove, skip or refuse.</param>
/// <param name="Key">Its key at the far end; null where it has none.</param>
/// <param name="Display">The value of the model's display property: of the record, or of a removed one as it was delivered; null where
/// unknown.</param>
/// <param name="PreviousKey">The key before a rename.</param>
/// <param name="Reason">Why it is skipped or refused; null otherwise.</param>
/// <param name="Changes">Field by field, before and after, as text; of a removal, what the far end has.</param>
public sealed record PlannedRecord(
    string Act, string? Key, string? Display, string? PreviousKey, Problem? Reason, IReadOnlyList<Planning.PlannedChange> Changes);
