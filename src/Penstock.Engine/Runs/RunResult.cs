using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>All is delivered.</summary>
    Succeeded,

    /// <summary>It went through, but some rows were refused or failed.</summary>
    Partial,

    /// <summary>A guard stopped a destination: it waits for a person's approval.</summary>
    Waiting,

    /// <summary>It could not go through: a source or destination can't be used, or the configuration doesn't fit it.</summary>
    Failed,

    /// <summary>Somebody cancelled it; the next run goes on.</summary>
    Cancelled,
}

/// <summary>What one model's run, or plan, came to.</summary>
public sealed record RunResult
{
    /// <summary>The run's id; null for a plan.</summary>
    public string? Id { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>How many records the model has.</summary>
    public long Records { get; init; }

    /// <summary>How many members each group has, by id in the order of the configuration.</summary>
    public IReadOnlyDictionary<string, long> Groups { get; init; } = new Dictionary<string, long>();

    /// <summary>What was wrong with rows of the sources.</summary>
    public IReadOnlyList<RowProblem> RowProblems { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long each step took (and each source and destination in it).</summary>
    public IReadOnlyList<StepTime> Steps { get; init; } = [];

    /// <summary>The destinations served.</summary>
    public IReadOnlyList<DestinationResult> Destinations { get; init; } = [];

    /// <summary>What ended it, when <see cref="Status"/> is failed.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Which fault of a connection ended it; null when none did.</summary>
    public ConnectionFault? Fault { get; init; }
}

/// <summary>How long a step took.</summary>
/// <param name="Step">The step.</param>
/// <param name="Subject">The source or destination; null when the step has none.</param>
/// <param name="Rows">Rows or records it was about.</param>
/// <param name="Elapsed">How long.</param>
public sealed record StepTime(RunStep Step, string? Subject, long Rows, TimeSpan Elapsed);

/// <summary>What a run, or plan, came to at one destination.</summary>
public sealed record DestinationResult
{
    /// <summary>The destination.</summary>
    public required string Destination { get; init; }

    /// <summary>How it ended there.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What was planned; complete before anything was sent.</summary>
    public required DestinationPlan Plan { get; init; }

    /// <summary>Records created: acknowledged ones in a run.</summary>
    public long Created { get; init; }

    /// <summary>Records updated (renamed ones among them).</summary>
    public long Updated { get; init; }

    /// <summary>Records removed, whatever removing means there.</summary>
    public long Removed { get; init; }

    /// <summary>Records that are at the far end as they should be.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records with a change acknowledged in this run: created + updated + removed.</summary>
    public long Delivered { get; init; }

    /// <summary>Records not sent, with a reason: no key, doubled key, refused before and unchanged since, not there (Enrich).</summary>
    public long Skipped { get; init; }

    /// <summary>Records refused in this run: by a declared rule before sending, or by the far end.</summary>
    public long Refused { get; init; }

    /// <summary>
    /// Records that failed for a reason outside of them, or were left by a cancelled or ended run: tried again by the next run.
    /// </summary>
    public long Failed { get; init; }

    /// <summary>Calls made.</summary>
    public long Calls { get; init; }

    /// <summary>How long planning and delivering took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Reasons of refused, failed and skipped records, most frequent first.</summary>
    public IReadOnlyList<FailureReason> Reasons { get; init; } = [];

    /// <summary>What ended the delivery early, or keeps it waiting; null when nothing did.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Which fault of a connection ended it; null when none did.</summary>
    public ConnectionFault? Fault { get; init; }
}

/// <summary>Records that were not delivered for the same reason.</summary>
/// <param name="Kind">Refused, failed or skipped.</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Help">What to do.</param>
/// <param name="Count">How many records.</param>
/// <param name="Keys">At most ten of their keys.</param>
public sealed record FailureReason(OutcomeKind Kind, string Code, string Message, string? Help, long Count, IReadOnlyList<string> Keys);

/// <summary>One record that a destination refused or could not take.</summary>
/// <param name="Key">Its key at the far end.</param>
/// <param name="Kind">Refused (parked until it changes) or failed (tried again by the next run).</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Help">What to do.</param>
/// <param name="FirstAt">When it first happened.</param>
/// <param name="LastAt">When it last happened.</param>
/// <param name="Attempts">How many runs tried.</param>
public sealed record Failure(
    string Key, OutcomeKind Kind, string Code, string Message, string? Help, DateTimeOffset FirstAt, DateTimeOffset LastAt, long Attempts);
