using Penstock.Control.Services;

namespace Penstock.Cli.Output;

/// <summary>Prints runs as the control database keeps them.</summary>
internal static class KeptRunPrinter
{
    /// <summary>A list, newest first.</summary>
    public static void Print(Screen screen, IReadOnlyList<KeptRun> runs) => Tables.Print(
        screen.Results,
        ["Run", "Model", "Started", "Status", "#Records", "#Created", "#Updated", "#Removed", "#Refused", "#Failed", "#Calls", "#Took"],
        runs.Select(run => new[]
        {
            Ink.Strong(run.Id), Ink.Plain(run.Model), Ink.Plain($"{run.StartedAt:yyyy-MM-dd HH:mm:ss}Z"), Status(run.Status),
            Ink.Number(run.Records),
            Sum(run, served => served.Created), Sum(run, served => served.Updated), Sum(run, served => served.Removed), Sum(run,
                served => served.Refused),
            Sum(run, served => served.Failed), Sum(run, served => served.Calls), Ink.Time(run.Elapsed),
        }));

    /// <summary>One run in full.</summary>
    public static void Print(Screen screen, KeptRun run)
    {
        screen.Line(
            $"run {Ink.Strong(run.Id)} of {Ink.Strong(run.Model)}  {Status(run.Status)}  "
                + $"{Ink.Plain($"{run.StartedAt:yyyy-MM-dd HH:mm:ss}Z · {Ink.Time(run.Elapsed)}")}");
        screen.Line($"  {Ink.Plain(Ink.Count(run.Records, "record"))}{PlanPrinter.Groups(run.Groups)}");
        RowProblemPrinter.Print(screen, run.RowProblems);
        foreach (var served in run.Destinations)
        {
            var numbers = RunPrinter.Numbers(
                served.Created, served.Updated, served.Removed, served.Unchanged, served.Skipped, served.Refused, served.Failed);
            screen.Line(
                $"→ {Ink.Strong(served.Destination)}  {Status(served.Status)}  {numbers}   "
                    + $"{Ink.Faint(Ink.Count(served.Calls, "API call"))}");
            RunPrinter.Reasons(screen, served.Reasons);
            if (served.Problem is { } problem)
                ProblemPrinter.Print(screen.Results, problem, "    ");
        }

        if (run.Problem is { } ended)
            ProblemPrinter.Print(screen.Results, ended);
        if (run.Steps.Count == 0)
            return;
        screen.Line();
        Tables.Print(screen.Results, ["Step", "Of", "#Rows", "#Took"], run.Steps.Select(step => new[]
        {
            Ink.Plain(step.Step.ToString().ToLowerInvariant()), Ink.Plain(step.Subject), Ink.Number(step.Rows), Ink.Time(step.Elapsed),
        }));
    }

    private static string Sum(KeptRun run, Func<KeptDestination, long> count) => Ink.Number(run.Destinations.Sum(count));

    private static string Status(KeptStatus status)
    {
        var word = status.ToString().ToLowerInvariant();
        return status switch
        {
            KeptStatus.Succeeded => Ink.Added(word),
            KeptStatus.Failed or KeptStatus.Interrupted => Ink.Gone(word),
            _ => Ink.Changed(word),
        };
    }
}
