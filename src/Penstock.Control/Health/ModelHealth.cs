using Penstock.Contract;
using Penstock.Control.Services;

namespace Penstock.Control.Health;

/// <summary>How a model stands.</summary>
public enum HealthState
{
    /// <summary>Nothing ran yet.</summary>
    NeverRun,

    /// <summary>The last run went through, and in time.</summary>
    Healthy,

    /// <summary>No run has gone through for longer than the schedule says.</summary>
    Late,

    /// <summary>The last run went through with unusually many refused records, or an unusual number of records.</summary>
    Unusual,

    /// <summary>The last run waits for somebody to approve removals.</summary>
    Waiting,

    /// <summary>The last run could not go through.</summary>
    Failing,
}

/// <summary>How a model stands, and why.</summary>
/// <param name="Model">The model.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">What happened, in a sentence.</param>
/// <param name="Help">What to do; null when there is nothing.</param>
public sealed record ModelHealth(string Model, HealthState State, string Text, string? Help)
{
    /// <summary>The last run that ended; null when none has.</summary>
    public KeptRun? LastRun { get; init; }

    /// <summary>When a run last went through; null for never.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>The time of the schedule by which a run should have gone through; null when it has none.</summary>
    public DateTimeOffset? ExpectedBy { get; init; }

    /// <summary>Since when it stands so; null when it has not changed since the server knows it.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>The server as a whole.</summary>
/// <param name="Models">The models.</param>
/// <param name="Database">Why the control database could not be used last time; null when it could.</param>
public sealed record ServerHealth(IReadOnlyList<ModelHealth> Models, Problem? Database);

/// <summary>What runs came to: of one run, or of one day.</summary>
/// <param name="At">When the run began, or the day.</param>
/// <param name="Model">The model.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Failed">How many of them could not go through.</param>
/// <param name="Records">The records the model had, in the last of them.</param>
/// <param name="Created">Records created.</param>
/// <param name="Updated">Records updated.</param>
/// <param name="Removed">Records removed.</param>
/// <param name="Refused">Records refused.</param>
public sealed record Figure(
    DateTimeOffset At, string Model, int Runs, int Failed, long Records, long Created, long Updated, long Removed, long Refused);
