using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;

namespace Penstock.Server.Api;

// As `penstock plan --json`, so that a script can read either.

/// <summary>What a plan of a model came to.</summary>
/// <param name="Model">The model.</param>
/// <param name="Records">How many records it has.</param>
/// <param name="Groups">How many members each group has.</param>
/// <param name="RowProblems">How many rows of the sources had problems.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Destinations">What would be done at each destination.</param>
/// <param name="Error">What ended it early.</param>
public sealed record PlanPart(
    string Model, long Records, IReadOnlyDictionary<string, long> Groups, long RowProblems, double Seconds,
    IReadOnlyList<PlannedDestination> Destinations, ProblemPart? Error)
{
    internal static PlanPart Of(RunResult result) => new(
        result.Model, result.Records, result.Groups, result.RowProblems.Sum(problem => problem.Count),
        Math.Round(result.Elapsed.TotalSeconds, 3), [.. result.Destinations.Select(served => PlannedDestination.Of(served.Plan))],
        ProblemPart.OfAny(result.Problem));
}

/// <summary>What would be done at a destination.</summary>
/// <param name="Destination">The destination.</param>
/// <param name="Created">Records to be created.</param>
/// <param name="Updated">Records to be updated.</param>
/// <param name="Removed">Records to be removed.</param>
/// <param name="Unchanged">Records that are as they should be.</param>
/// <param name="Skipped">Records that would be skipped.</param>
/// <param name="Refused">Records that a declared rule refuses.</param>
/// <param name="Calls">API calls.</param>
/// <param name="DataPoints">Data points; null where the vendor has none.</param>
/// <param name="SecondsAtLimits">The least time at the declared limits; null when unknown.</param>
/// <param name="RemovalMeans">What removing means here.</param>
/// <param name="Fields">How many records each field changes for.</param>
/// <param name="Samples">A few records.</param>
/// <param name="Guards">What the guards say.</param>
/// <param name="Skips">Records that would not be sent, by reason.</param>
public sealed record PlannedDestination(
    string Destination, long Created, long Updated, long Removed, long Unchanged, long Skipped, long Refused, long Calls,
    long? DataPoints, double? SecondsAtLimits, string RemovalMeans, IReadOnlyList<PlannedField> Fields,
    IReadOnlyList<PlannedSample> Samples, IReadOnlyList<GuardVerdict> Guards, IReadOnlyList<PlannedSkip> Skips)
{
    internal static PlannedDestination Of(DestinationPlan plan) => new(
        plan.Destination, plan.Creates, plan.Updates, plan.Removals, plan.Unchanged, Sum(plan, OutcomeKind.Skipped),
        Sum(plan, OutcomeKind.Refused), plan.Calls, plan.DataPoints, plan.AtLimits?.TotalSeconds, plan.RemovalMeans, plan.Fields,
        plan.Samples, plan.Guards, plan.Skips);

    private static long Sum(DestinationPlan plan, OutcomeKind kind) =>
        plan.Skips.Where(skip => skip.Kind == kind).Sum(skip => skip.Count);
}
