using Penstock.Contract;

namespace Penstock.Engine.Planning;

/// <summary>What a run would do, or does, at one destination: complete before anything is sent.</summary>
public sealed record DestinationPlan
{
    /// <summary>The destination.</summary>
    public required string Destination { get; init; }

    /// <summary>Records to be created.</summary>
    public long Creates { get; init; }

    /// <summary>Records to be updated; renamed ones among them.</summary>
    public long Updates { get; init; }

    /// <summary>Records that get another key; also among <see cref="Updates"/>.</summary>
    public long Renames { get; init; }

    /// <summary>Records to be removed.</summary>
    public long Removals { get; init; }

    /// <summary>What removing means here, in a sentence; empty where nothing is removed.</summary>
    public string RemovalMeans { get; init; } = "";

    /// <summary>Records that are there as they should be.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records that will not be sent, by reason.</summary>
    public IReadOnlyList<PlannedSkip> Skips { get; init; } = [];

    /// <summary>How many records each field and group changes for; those that change for none left out.</summary>
    public IReadOnlyList<PlannedField> Fields { get; init; } = [];

    /// <summary>A few records of each kind, before → after.</summary>
    public IReadOnlyList<PlannedSample> Samples { get; init; } = [];

    /// <summary>The guards' verdicts.</summary>
    public IReadOnlyList<GuardVerdict> Guards { get; init; } = [];

    /// <summary>HTTP calls, if every answer is good.</summary>
    public long Calls { get; init; }

    /// <summary>Data points on contracts that bill by changed field; null where the vendor has none.</summary>
    public long? DataPoints { get; init; }

    /// <summary>The least time it takes at the declared limits; null when they aren't known.</summary>
    public TimeSpan? AtLimits { get; init; }

    /// <summary>Whether a guard stops it.</summary>
    public bool IsStopped => Guards.Any(guard => guard.Stops);

    /// <summary>Whether there is anything to send.</summary>
    public bool IsEmpty => Creates + Updates + Removals == 0;
}

/// <summary>Records that will not be sent for the same reason.</summary>
/// <param name="Kind">Skipped, or refused by a declared rule.</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Count">How many.</param>
/// <param name="Keys">At most ten of their keys (the model's where there is none at the far end).</param>
public sealed record PlannedSkip(OutcomeKind Kind, string Code, string Message, long Count, IReadOnlyList<string> Keys);

/// <summary>How many records a field or group changes for.</summary>
/// <param name="Field">The field's name at the far end; for a group, its form, target and group.</param>
/// <param name="Sets">Records that get a value, or enter.</param>
/// <param name="Clears">Records that lose their value, or leave.</param>
public sealed record PlannedField(string Field, long Sets, long Clears);

/// <summary>One record of the plan.</summary>
/// <param name="Act">create, update, rename or remove.</param>
/// <param name="Key">Its key at the far end.</param>
/// <param name="PreviousKey">The key before a rename.</param>
/// <param name="Changes">What changes of it.</param>
public sealed record PlannedSample(string Act, string Key, string? PreviousKey, IReadOnlyList<PlannedChange> Changes);

/// <summary>One field of a sample: values as text, null for none.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Before">What the far end has, as we know it.</param>
/// <param name="After">What it will have.</param>
public sealed record PlannedChange(string Field, string? Before, string? After);

/// <summary>What a guard says.</summary>
/// <param name="Code">Which guard: <c>guard.removals</c>, <c>guard.empty_source</c>.</param>
/// <param name="Stops">Whether it holds the destination until somebody approves.</param>
/// <param name="Message">Why, with the numbers.</param>
/// <param name="Help">What to do.</param>
public sealed record GuardVerdict(string Code, bool Stops, string Message, string? Help);
