using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Control.Running;

/// <summary>A run as it is at this moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">The model.</param>
/// <param name="Status">How it stands.</param>
public sealed record LiveRun(string Id, string Model, KeptStatus Status)
{
    /// <summary>What made it.</summary>
    public RunTrigger Trigger { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it began; null while it waits.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Whether somebody has asked to cancel it.</summary>
    public bool IsCancelling { get; init; }

    /// <summary>Its steps so far, in the order in which they began: one for each source and destination in a step.</summary>
    public IReadOnlyList<LiveStep> Steps { get; init; } = [];

    /// <summary>What ended it, or keeps it waiting; null when nothing does.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Whether it has ended: nothing more comes.</summary>
    public bool IsFinal => Status is not (KeptStatus.Queued or KeptStatus.Running);
}

/// <summary>How far a step is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Subject">The source or destination; null when the step has none.</param>
/// <param name="Done">Rows or records so far.</param>
/// <param name="Total">How many there will be; null when unknown.</param>
public sealed record LiveStep(RunStep Step, string? Subject, long Done, long? Total)
{
    /// <summary>Whether the run is past it.</summary>
    public bool IsDone { get; init; }

    /// <summary>Calls so far, when delivering.</summary>
    public long Calls { get; init; }

    /// <summary>Records refused so far, when delivering.</summary>
    public long Refused { get; init; }

    /// <summary>Rows or records a second, lately; 0 when unknown.</summary>
    public double Rate { get; init; }

    /// <summary>The time left at that rate; null when unknown.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>What is waited for; null when nothing is.</summary>
    public string? Waiting { get; init; }
}
