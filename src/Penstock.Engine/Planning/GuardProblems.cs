using Penstock.Contract;

namespace Penstock.Engine.Planning;

/// <summary>The codes of what keeps a plan from being sent.</summary>
public static class GuardProblems
{
    /// <summary>Nothing is left to send.</summary>
    public static ProblemCode EmptySource { get; } = new(
        "guard.empty_source",
        "Every delivered record would be removed: the source is empty, or looks so.",
        "Look at the plan's removals; if they are meant, run again with --approve-removals.");

    /// <summary>More would be removed than the threshold.</summary>
    public static ProblemCode Removals { get; } = new(
        "guard.removals",
        "A larger share of the delivered records would be removed than the threshold allows.",
        "Look at the plan's removals; if they are meant, run again with --approve-removals.");
}
