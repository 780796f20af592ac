using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Delivering;
using Penstock.Engine.Planning;

namespace Penstock.Engine.Runs;

/// <summary>Puts together what a plan and its delivery came to.</summary>
internal static class DestinationResults
{
    /// <summary>A plan as a result: what would be done, counted as if it had been.</summary>
    public static DestinationResult OfPlan(DestinationPlan plan)
    {
        var stopping = plan.Guards.FirstOrDefault(guard => guard.Stops);
        return new()
        {
            Destination = plan.Destination,
            Status = plan.IsStopped ? RunStatus.Waiting : RunStatus.Succeeded,
            Plan = plan,
            Created = plan.Creates,
            Updated = plan.Updates,
            Removed = plan.Removals,
            Unchanged = plan.Unchanged,
            Skipped = Skipped(plan, OutcomeKind.Skipped),
            Refused = Skipped(plan, OutcomeKind.Refused),
            Calls = plan.Calls,
            Reasons = [.. Reasons(plan, all: true)],
            Problem = stopping is null ? null : new(stopping.Code, stopping.Message, stopping.Help),
        };
    }

    /// <summary>A run that a guard stopped: the plan is there, and nothing of it was done.</summary>
    public static DestinationResult Nothing(DestinationResult planned) =>
        planned with { Created = 0, Updated = 0, Removed = 0, Refused = 0, Calls = 0 };

    /// <summary>A destination at which the run was cancelled before anything was sent.</summary>
    public static DestinationResult Cancelled(DestinationPlan plan) => new()
    {
        Destination = plan.Destination,
        Status = RunStatus.Cancelled,
        Plan = plan,
        Unchanged = plan.Unchanged,
        Failed = plan.Creates + plan.Updates + plan.Removals,
    };

    /// <summary>A destination that could not even be planned, or whose delivery threw.</summary>
    public static DestinationResult Ended(DestinationPlan plan, PenstockException error) => new()
    {
        Destination = plan.Destination,
        Status = RunStatus.Failed,
        Plan = plan,
        Unchanged = plan.Unchanged,
        Failed = plan.Creates + plan.Updates + plan.Removals,
        Problem = error.Problem,
        Fault = FaultOf(error),
    };

    /// <summary>A plan that was sent.</summary>
    public static DestinationResult OfDelivery(DestinationPlan plan, DeliveryResult sent, Folded folded)
    {
        string[] acts = ["create", "update", "rename", "remove", "clear", "forget"];
        var refused = folded.Of(OutcomeKind.Refused, [.. acts, "refuse"]);
        var failed = folded.Of(OutcomeKind.Failed, acts) + folded.Of(OutcomeKind.None, acts);
        var created = folded.Of(OutcomeKind.Delivered, "create");
        var updated = folded.Of(OutcomeKind.Delivered, "update", "rename");
        var removed = folded.Of(OutcomeKind.Delivered, "remove", "clear", "forget");

        // Nothing got through although there was something: the far end is away, however few the batches were.
        var unreachable = sent.Ended is null && !sent.Cancelled && created + updated + removed + refused == 0
            ? folded.Reasons.FirstOrDefault(reason => reason.Outcome == OutcomeKind.Failed)
            : null;
        return new()
        {
            Destination = plan.Destination,
            Status = sent.Cancelled ? RunStatus.Cancelled
                : sent.Ended is not null || unreachable is not null ? RunStatus.Failed
                : refused + failed > 0 ? RunStatus.Partial
                : RunStatus.Succeeded,
            Plan = plan,
            Created = created,
            Updated = updated,
            Removed = removed,
            Unchanged = plan.Unchanged,
            Delivered = created + updated + removed,
            Skipped = Skipped(plan, OutcomeKind.Skipped) + folded.Of(OutcomeKind.Skipped, acts),
            Refused = refused,
            Failed = failed,
            Calls = sent.Calls,
            Reasons =
            [
                .. folded.Reasons.Select(reason => new FailureReason(
                    reason.Outcome, reason.Code, reason.Message, reason.Help ?? RowReasons.ToDo(reason.Code), reason.Count, reason.Keys)),
                .. Reasons(plan, all: false),
            ],
            Problem = sent.Ended?.Problem ?? (unreachable is null ? null : new(unreachable.Code, unreachable.Message, unreachable.Help)),
            Fault = sent.Ended is not null ? FaultOf(sent.Ended) : unreachable is not null ? ConnectionFault.Lost : null,
        };
    }

    /// <summary>Which fault of a connection an exception stands for; null when it is about something else.</summary>
    public static ConnectionFault? FaultOf(PenstockException error) => error switch
    {
        ConnectionException connection => connection.Fault,
        DestinationUnavailableException => ConnectionFault.Lost,
        _ => null,
    };

    private static long Skipped(DestinationPlan plan, OutcomeKind kind) => plan.Skips.Where(skip => skip.Kind == kind)
        .Sum(skip => skip.Count);

    // What a rule refuses is told by the journal of a run; a plan has only the plan.
    private static IEnumerable<FailureReason> Reasons(DestinationPlan plan, bool all) => plan.Skips
        .Where(skip => all || skip.Kind == OutcomeKind.Skipped)
        .Select(skip => new FailureReason(skip.Kind, skip.Code, skip.Message, RowReasons.ToDo(skip.Code), skip.Count, skip.Keys));
}
