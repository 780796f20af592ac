namespace Penstock.Control.Database;

/// <summary>A run as kept: written when it starts, completed when it ends.</summary>
internal sealed class Run
{
    public long Id { get; set; }

    public required string Model { get; set; }

    public required string Status { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it was asked for; equal to <see cref="StartedAt"/> where nothing waits.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>
    /// <c>person</c>, <c>schedule</c>, <c>after</c>, <c>query</c>, <c>api</c>, <c>retry</c>, <c>resume</c> or <c>command</c>.
    /// </summary>
    public string Trigger { get; set; } = "command";

    /// <summary>Who asked for it, as people read it.</summary>
    public string? RequestedBy { get; set; }

    /// <summary>The revision it carries out; null for a folder of files.</summary>
    public long? Revision { get; set; }

    /// <summary>How it was asked for (full, approvals, destinations), as JSON.</summary>
    public string Options { get; set; } = "{}";

    /// <summary>The plan it carried out: counts, cost and samples per destination, as JSON; null before there is one.</summary>
    public string? Plan { get; set; }

    /// <summary>Who asked to cancel it; null when nobody did.</summary>
    public string? CancelledBy { get; set; }

    /// <summary>Which process runs it, so that a run whose process is gone can be told from one that goes on elsewhere.</summary>
    public required string Owner { get; set; }

    /// <summary>Until when that process has said that it goes on; null for a run of the command line. Another takes over after
    /// it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public double Seconds { get; set; }

    public long Records { get; set; }

    /// <summary>Members by group, as JSON in the order of the configuration.</summary>
    public string Groups { get; set; } = "{}";

    /// <summary>What was wrong with rows of the sources, as JSON.</summary>
    public string RowProblems { get; set; } = "[]";

    /// <summary>What ended it, as JSON; null when nothing did.</summary>
    public string? Problem { get; set; }

    public List<RunStepTime> Steps { get; } = [];

    public List<RunDestination> Destinations { get; } = [];
}

/// <summary>How long one step of a run took.</summary>
internal sealed class RunStepTime
{
    public long Id { get; set; }

    public long RunId { get; set; }

    public required string Step { get; set; }

    public string? Subject { get; set; }

    public long Rows { get; set; }

    public double Seconds { get; set; }
}

/// <summary>What a run came to at one destination.</summary>
internal sealed class RunDestination
{
    public long Id { get; set; }

    public long RunId { get; set; }

    public required string Destination { get; set; }

    public required string Status { get; set; }

    public long Created { get; set; }

    public long Updated { get; set; }

    public long Removed { get; set; }

    public long Unchanged { get; set; }

    public long Delivered { get; set; }

    public long Skipped { get; set; }

    public long Refused { get; set; }

    public long Failed { get; set; }

    public long Calls { get; set; }

    public double Seconds { get; set; }

    /// <summary>What ended it early, or keeps it waiting, as JSON; null when nothing did.</summary>
    public string? Problem { get; set; }

    public List<RunReason> Reasons { get; } = [];
}

/// <summary>Records that a destination did not take for the same reason.</summary>
internal sealed class RunReason
{
    public long Id { get; set; }

    public long DestinationId { get; set; }

    public required string Kind { get; set; }

    public required string Code { get; set; }

    public required string Message { get; set; }

    public string? Help { get; set; }

    public long Count { get; set; }

    /// <summary>At most ten of their keys, as JSON.</summary>
    public string Keys { get; set; } = "[]";
}
