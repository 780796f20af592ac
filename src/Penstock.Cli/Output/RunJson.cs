using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Output;

/// <summary>Runs and plans in the form of their JSON.</summary>
internal static class RunJson
{
    /// <summary>What <c>run --json</c> writes.</summary>
    public static RunsJson<DestinationPart> Runs(IReadOnlyList<RunResult> results) =>
        new([.. results.Select(Run)], Error(results, ofRun: true));

    /// <summary>What <c>plan --json</c> writes.</summary>
    public static RunsJson<PlannedPart> Plans(IReadOnlyList<RunResult> results) =>
        new([.. results.Select(Plan)], Error(results, ofRun: false));

    private static RunPart<DestinationPart> Run(RunResult result) => Part(result, served => new DestinationPart(
        served.Destination, served.Created, served.Updated, served.Removed, served.Unchanged, served.Delivered, served.Skipped,
        served.Refused,
        served.Failed, served.Calls, Seconds(served.Elapsed)));

    private static RunPart<PlannedPart> Plan(RunResult result) => Part(result, served => Planned(served.Plan, served.Elapsed));

    private static RunPart<T> Part<T>(RunResult result, Func<DestinationResult, T> destination) => new(
        result.Id, result.Model, result.Records, result.Groups, result.RowProblems.Sum(problem => problem.Count), Seconds(result.Elapsed),
        [.. result.Destinations.Select(destination)]);

    private static PlannedPart Planned(DestinationPlan plan, TimeSpan elapsed) => new(
        plan.Destination, plan.Creates, plan.Updates, plan.Removals, plan.Unchanged, plan.Creates + plan.Updates + plan.Removals,
        plan.Skips.Where(skip => skip.Kind == OutcomeKind.Skipped).Sum(skip => skip.Count),
        plan.Skips.Where(skip => skip.Kind == OutcomeKind.Refused).Sum(skip => skip.Count), 0, plan.Calls, Seconds(elapsed),
        plan.DataPoints,
        plan.AtLimits is { } time ? Seconds(time) : null,
        [.. plan.Fields.Select(field => new FieldPart(field.Field, field.Sets, field.Clears))],
        [.. plan.Samples.Select(sample => new SamplePart(
            sample.Act, sample.Key, sample.PreviousKey, [.. sample.Changes.Select(change => new ChangePart(change.Field, change.Before,
                change.After))]))],
        [.. plan.Guards.Select(guard => new GuardPart(guard.Code, guard.Stops, guard.Message, guard.Help))],
        [.. plan.Skips.Select(skip => new SkipPart(skip.Kind.ToString().ToLowerInvariant(), skip.Code, skip.Message, skip.Count,
            skip.Keys))]);

    // A guard stops a run, not a plan: there it is one of the plan's members.
    private static ErrorPart? Error(IReadOnlyList<RunResult> results, bool ofRun)
    {
        var problem = results.Select(result => result.Problem).FirstOrDefault(problem => problem is not null)
            ?? (ofRun
                ? results.SelectMany(result => result.Destinations).Select(served => served.Problem)
                    .FirstOrDefault(found => found is not null) : null);
        return problem is null ? null : ErrorPart.Of(problem);
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
