using Penstock.Contract;
using Penstock.Engine.Compilation;

namespace Penstock.Engine.Planning;

/// <summary>What a plan costs at the far end: calls, and the least time they take at the declared limits.</summary>
internal static class PlanCost
{
    /// <summary>The plan with its calls and time.</summary>
    public static DestinationPlan Add(DestinationPlan plan, CompiledDestination destination, PlanCounts counts, PlannerOptions options)
    {
        var operations = new List<(Operation Operation, long Records)>
        {
            (Operation.Rename, counts.Of("rename")),
            (Operation.Write, counts.Writes),
            (Operation.Remove, destination.Removal?.Act == RemovalAct.Delete ? counts.Of("remove") : 0),
        };
        if (options.LooksUp)
            operations.Add((Operation.Find, counts.Writes));
        foreach (var (enters, leaves) in counts.Members)
        {
            operations.Add((Operation.Enter, enters));
            operations.Add((Operation.Leave, leaves));
        }

        long calls = 0;
        var time = TimeSpan.Zero;
        var isKnown = true;
        foreach (var (operation, records) in operations.Where(pair => pair.Records > 0))
        {
            var limits = options.Limits(operation);
            var mine = (records + limits.Records - 1) / limits.Records;
            calls += mine;
            isKnown &= limits.Requests is not null;
            if (limits.Requests is { } requests)
                time += (double)mine / requests * limits.Per;
        }

        return plan with { Calls = calls, AtLimits = isKnown ? time : null };
    }
}
