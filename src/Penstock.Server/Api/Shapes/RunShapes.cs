using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Server.Api;

// As `penstock runs --json`, and what only a server's run has.

/// <summary>A run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Model">The model.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartedAt">When it began; while it waits, when it was asked for.</param>
/// <param name="Records">How many records the model had.</param>
/// <param name="Groups">How many members each group had.</param>
/// <param name="RowProblems">How many rows of the sources had problems.</param>
/// <param name="Seconds">How long it took; 0 while it goes on.</param>
/// <param name="Destinations">What it came to at each destination.</param>
/// <param name="Error">What ended it; null when nothing did.</param>
public sealed record RunPart(
    string Id, string Model, KeptStatus Status, DateTimeOffset StartedAt, long Records, IReadOnlyDictionary<string, long> Groups,
    long RowProblems, double Seconds, IReadOnlyList<ServedPart> Destinations, ProblemPart? Error)
{
    /// <summary>What made it.</summary>
    public RunTrigger Trigger { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The revision that it carried out.</summary>
    public long? Revision { get; init; }

    internal static RunPart Of(KeptRun run) => new(
        run.Id, run.Model, run.Status, run.StartedAt, run.Records, run.Groups, run.RowProblems.Sum(problem => problem.Count),
        Math.Round(run.Elapsed.TotalSeconds, 3), [.. run.Destinations.Select(ServedPart.Of)], ProblemPart.OfAny(run.Problem))
    {
        Trigger = run.Trigger,
        RequestedBy = run.RequestedBy,
        Revision = run.Revision,
    };
}

/// <summary>What a run came to at a destination.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Status">How it ended there.</param>
/// <param name="Created">Records created.</param>
/// <param name="Updated">Records updated.</param>
/// <param name="Removed">Records removed.</param>
/// <param name="Unchanged">Records that were as they should be.</param>
/// <param name="Delivered">Records with a change acknowledged.</param>
/// <param name="Skipped">Records not sent, with a reason.</param>
/// <param name="Refused">Records refused.</param>
/// <param name="Failed">Records failed, or left.</param>
/// <param name="Calls">API calls made.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Reasons">Why records were not delivered; empty in a list.</param>
/// <param name="Error">What ended it early, or keeps it waiting.</param>
public sealed record ServedPart(
    string Destination, KeptStatus Status, long Created, long Updated, long Removed, long Unchanged, long Delivered, long Skipped,
    long Refused, long Failed, long Calls, double Seconds, IReadOnlyList<FailureReason> Reasons, ProblemPart? Error)
{
    internal static ServedPart Of(KeptDestination served) => new(
        served.Destination, served.Status, served.Created, served.Updated, served.Removed, served.Unchanged, served.Delivered,
        served.Skipped, served.Refused, served.Failed, served.Calls, Math.Round(served.Elapsed.TotalSeconds, 3), served.Reasons,
        ProblemPart.OfAny(served.Problem));
}

/// <summary>A run with all that is known of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Steps">How long each step took.</param>
/// <param name="Problems">What was wrong with rows of the sources.</param>
/// <param name="Plans">The plans that it carried out, or that wait.</param>
/// <param name="CancelledBy">Who asked to cancel it.</param>
public sealed record RunDetail(
    RunPart Run, IReadOnlyList<StepTime> Steps, IReadOnlyList<RowProblem> Problems, IReadOnlyList<PlannedDestination> Plans,
    string? CancelledBy)
{
    internal static RunDetail Of(KeptRun run) => new(
        RunPart.Of(run), run.Steps, run.RowProblems, [.. run.Plans.Select(PlannedDestination.Of)], run.CancelledBy);
}
