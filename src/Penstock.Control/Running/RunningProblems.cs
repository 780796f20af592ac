using Penstock.Contract;

namespace Penstock.Control.Running;

/// <summary>The codes of what can be wrong with asking for runs.</summary>
public static class RunningProblems
{
    /// <summary>The same idempotency key for another request.</summary>
    public static ProblemCode Idempotency { get; } = new(
        "usage.idempotency", "The idempotency key was used before for another request.", "Use a new key for a new request.");

    /// <summary>The run has ended.</summary>
    public static ProblemCode Ended { get; } = new(
        "usage.run_ended", "The run has ended already.", "Look at the run to see how.");

    /// <summary>The run does not wait for approval there.</summary>
    public static ProblemCode NothingToApprove { get; } = new(
        "usage.nothing_to_approve", "The run does not wait for an approval at this destination.", "Look at the model's last run.");

    /// <summary>What was seen is no longer what waits.</summary>
    public static ProblemCode ApprovalOutdated { get; } = new(
        "usage.approval_outdated", "The number of removals that was approved is not the one that waits.", "Look at the plan again.");

    /// <summary>The process that ran it ended.</summary>
    public static ProblemCode Interrupted { get; } = new(
        "run.interrupted", "The server was stopped while the run went on.", "Nothing is lost: a run goes on from there.", Severity.Warning);
}
