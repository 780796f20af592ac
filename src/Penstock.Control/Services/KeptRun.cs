using Penstock.Contract;
using Penstock.Control.Running;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Control.Services;

/// <summary>How a kept run stands.</summary>
public enum KeptStatus
{
    /// <summary>It goes on now.</summary>
    Running,

    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>All was delivered.</summary>
    Succeeded,

    /// <summary>It went through, but some rows were refused or failed.</summary>
    Partial,

    /// <summary>A guard stopped a destination.</summary>
    Waiting,

    /// <summary>It could not go through.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Its process ended without finishing it; the next run went on from there.</summary>
    Interrupted,
}

/// <summary>A run as the control database keeps it.</summary>
/// <param name="Id">Its id: a number as text.</param>
/// <param name="Model">The model.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record KeptRun(string Id, string Model, KeptStatus Status, DateTimeOffset StartedAt)
{
    /// <summary>When it was asked for; null for a run of the command line, which doesn't wait.</summary>
    public DateTimeOffset? QueuedAt { get; init; }

    /// <summary>What made it.</summary>
    public RunTrigger Trigger { get; init; } = RunTrigger.Command;

    /// <summary>Who asked for it, as people read it; null from the command line.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The revision it carried out; null for a folder of files.</summary>
    public long? Revision { get; init; }

    /// <summary>How it was asked for.</summary>
    public RunAsk Ask { get; init; } = new();

    /// <summary>Who asked to cancel it; null when nobody did.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>The plans it carried out, or that wait: counts, cost, guards and samples per destination; empty in a list of
    /// runs.</summary>
    public IReadOnlyList<DestinationPlan> Plans { get; init; } = [];

    /// <summary>How long it took; zero while it goes on.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many records the model had.</summary>
    public long Records { get; init; }

    /// <summary>How many members each group had.</summary>
    public IReadOnlyDictionary<string, long> Groups { get; init; } = new Dictionary<string, long>();

    /// <summary>What was wrong with rows of the sources.</summary>
    public IReadOnlyList<RowProblem> RowProblems { get; init; } = [];

    /// <summary>How long each step took; empty in a list of runs.</summary>
    public IReadOnlyList<StepTime> Steps { get; init; } = [];

    /// <summary>What it came to at each destination.</summary>
    public IReadOnlyList<KeptDestination> Destinations { get; init; } = [];

    /// <summary>What ended it; null when nothing did.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>What a kept run came to at one destination; the counts are those of <see cref="DestinationResult"/>.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Status">How it ended there.</param>
public sealed record KeptDestination(string Destination, KeptStatus Status)
{
    /// <summary>Records created.</summary>
    public long Created { get; init; }

    /// <summary>Records updated.</summary>
    public long Updated { get; init; }

    /// <summary>Records removed.</summary>
    public long Removed { get; init; }

    /// <summary>Records that were as they should be.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records with a change acknowledged.</summary>
    public long Delivered { get; init; }

    /// <summary>Records not sent, with a reason.</summary>
    public long Skipped { get; init; }

    /// <summary>Records refused.</summary>
    public long Refused { get; init; }

    /// <summary>Records failed, or left.</summary>
    public long Failed { get; init; }

    /// <summary>Calls made.</summary>
    public long Calls { get; init; }

    /// <summary>How long planning and delivering took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why records were not delivered, most frequent first; empty in a list of runs.</summary>
    public IReadOnlyList<FailureReason> Reasons { get; init; } = [];

    /// <summary>What ended it early, or keeps it waiting.</summary>
    public Problem? Problem { get; init; }
}
