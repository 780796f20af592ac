using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Compilation;

namespace Penstock.Engine.Planning;

/// <summary>What keeps a run from removing more than somebody meant to: a broken source looks just like a mass deletion.</summary>
internal static class Guards
{
    /// <summary>The verdicts on a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="delivered">How many records it has, as far as we know.</param>
    /// <param name="wanted">How many it should have.</param>
    /// <param name="options">The threshold, and whether somebody approved.</param>
    public static IReadOnlyList<GuardVerdict> Judge(
        DestinationPlan plan, CompiledDestination destination, long delivered, long wanted, PlannerOptions options)
    {
        if (plan.Removals == 0 || destination.Removal is null or { Act: RemovalAct.Leave })
            return [];
        var share = (double)plan.Removals / delivered;
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{plan.Removals:N0} of {delivered:N0} delivered records ({share:P1})");
        if (wanted == 0)
            return [Verdict("guard.empty_source", plan, options,
                $"Nothing is left to send: all {delivered:N0} delivered records would be removed.")];
        return share > options.RemovalThreshold
            ? [Verdict("guard.removals", plan, options, string.Create(
                CultureInfo.InvariantCulture, $"{numbers} would be removed, more than the threshold of {options.RemovalThreshold:P0}."))]
            : [new("guard.removals", false, string.Create(
                CultureInfo.InvariantCulture, $"{numbers} will be removed, within the threshold of {options.RemovalThreshold:P0}."), null)];
    }

    private static GuardVerdict Verdict(string code, DestinationPlan plan, PlannerOptions options, string message)
    {
        if (options.RemovalsApproved || plan.Removals <= options.ApprovedRemovals)
            return new(code, false, message + " Approved.", null);
        var more = options.ApprovedRemovals is { } approved
            ? string.Create(CultureInfo.InvariantCulture, $" {approved:N0} removals were approved; there are more now.") : "";
        return new(
            code, true, message + more,
                "Nothing was sent. Look at the plan's removals; if they are meant, run again with --approve-removals.");
    }
}
