namespace Penstock.Engine.Runs;

/// <summary>How one model's run goes.</summary>
public sealed record RunOptions
{
    /// <summary>The id under which the run is kept, such as a number from the control database.</summary>
    public required string Id { get; init; }

    /// <summary>Whether a person has approved removals beyond the guard's threshold.</summary>
    public bool ApproveRemovals { get; init; }

    /// <summary>
    /// How many removals a person has approved, per destination: up to so many are done, more wait again. Null for none.
    /// </summary>
    public IReadOnlyDictionary<string, long>? ApprovedRemovals { get; init; }

    /// <summary>Whether everything is sent anew, as if nothing had been delivered; removals still know what was.</summary>
    public bool Full { get; init; }

    /// <summary>The moment at which relative dates are read; null for now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether the sources are not read again: what was loaded last is built and planned. For looking at a plan.</summary>
    public bool Loaded { get; init; }

    /// <summary>The destinations to serve; null for all of the model's that are switched on.</summary>
    public IReadOnlyList<string>? Destinations { get; init; }

    /// <summary>
    /// Stops at once, in-flight requests included (a second Ctrl-C). The ordinary cancellation token lets requests in flight finish first.
    /// </summary>
    public CancellationToken Abort { get; init; }
}

/// <summary>The steps of a run, in order.</summary>
public enum RunStep
{
    /// <summary>Sources → stage.</summary>
    Refresh,

    /// <summary>Stage → records and groups.</summary>
    Build,

    /// <summary>Records ⟷ delivered → changes.</summary>
    Plan,

    /// <summary>Changes → destination.</summary>
    Deliver,

    /// <summary>Outcomes → delivered and refused.</summary>
    Finish,
}

/// <summary>What a run is doing now. Reported often; whoever shows it draws a few times a second at most.</summary>
/// <param name="Model">The model.</param>
/// <param name="Step">The step.</param>
/// <param name="Subject">The source or destination; null when the step has none.</param>
/// <param name="Done">Rows or records so far.</param>
/// <param name="Total">How many there will be; null when unknown.</param>
public sealed record RunProgress(string Model, RunStep Step, string? Subject, long Done, long? Total)
{
    /// <summary>HTTP calls so far, when delivering.</summary>
    public long Calls { get; init; }

    /// <summary>Records refused so far, when delivering.</summary>
    public long Refused { get; init; }

    /// <summary>Records a second, lately; 0 when unknown.</summary>
    public double Rate { get; init; }

    /// <summary>What is waited for; null when nothing is.</summary>
    public string? Waiting { get; init; }

    /// <summary>The time left at the present rate; null when unknown.</summary>
    public TimeSpan? Left => Total is { } total && Rate > 0 ? TimeSpan.FromSeconds((total - Done) / Rate) : null;
}
