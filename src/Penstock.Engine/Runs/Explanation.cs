namespace Penstock.Engine.Runs;

/// <summary>All that is known of one record at one destination: what <c>penstock explain</c> shows.</summary>
public sealed record Explanation
{
    /// <summary>The destination.</summary>
    public required string Destination { get; init; }

    /// <summary>The key at the far end.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the model has the record now.</summary>
    public required bool InModel { get; init; }

    /// <summary>Whether the destination wants it: in the model, and in the destination's group where it has one.</summary>
    public required bool Wanted { get; init; }

    /// <summary>Its values and where each came from.</summary>
    public IReadOnlyList<ExplainedValue> Values { get; init; } = [];

    /// <summary>Its groups, with the rules that decided.</summary>
    public IReadOnlyList<ExplainedGroup> Groups { get; init; } = [];

    /// <summary>When the destination last acknowledged something of it; null for never.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What the destination has acknowledged, and what would be sent now.</summary>
    public IReadOnlyList<ExplainedField> Fields { get; init; } = [];

    /// <summary>What a run would do now: create, update, rename, remove, skip, refuse, nothing.</summary>
    public required string Act { get; init; }

    /// <summary>Why it would be skipped, or was refused or failed; null when nothing is wrong.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The last things sent, newest first: when, in which run, what.</summary>
    public IReadOnlyList<ExplainedSend> History { get; init; } = [];
}

/// <summary>A value of the record.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">The value as text; null for none.</param>
/// <param name="From">Where it came from: <c>shop · users.email</c>, <c>shop · sum of purchases.price</c>, an expression.</param>
public sealed record ExplainedValue(string Property, string? Value, string From);

/// <summary>A group of the model and whether the record is in it.</summary>
/// <param name="Group">The group's id.</param>
/// <param name="IsMember">Whether it is in it.</param>
/// <param name="Rules">Each comparison, whether it holds, and the value it saw.</param>
public sealed record ExplainedGroup(string Group, bool IsMember, IReadOnlyList<ExplainedRule> Rules);

/// <summary>One comparison of a group's rule.</summary>
/// <param name="Depth">How deep it is nested, from 0.</param>
/// <param name="Rule">In words: <c>ltv greater than 100</c>, <c>all of</c>.</param>
/// <param name="Holds">Whether it holds for the record.</param>
/// <param name="Value">The value it saw; null for none, or for a set of rules.</param>
public sealed record ExplainedRule(int Depth, string Rule, bool Holds, string? Value);

/// <summary>A mapped field.</summary>
/// <param name="Field">Its name at the far end.</param>
/// <param name="Delivered">What the far end acknowledged.</param>
/// <param name="Desired">What the model says.</param>
/// <param name="WillSend">Whether a run would send it.</param>
public sealed record ExplainedField(string Field, string? Delivered, string? Desired, bool WillSend);

/// <summary>Something sent.</summary>
/// <param name="At">When it was acknowledged.</param>
/// <param name="Run">In which run.</param>
/// <param name="Act">create, update, rename, remove.</param>
/// <param name="Changes">The fields and values sent, as JSON.</param>
public sealed record ExplainedSend(DateTimeOffset At, string Run, string Act, string Changes);
