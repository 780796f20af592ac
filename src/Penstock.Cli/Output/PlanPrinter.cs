using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Output;

/// <summary>Prints what a run would do like a good diff: first the numbers, then samples before → after, then what it costs.</summary>
internal static class PlanPrinter
{
    /// <summary>Prints the plan of one model.</summary>
    public static void Print(Screen screen, RunResult result)
    {
        screen.Line($"{Ink.Strong(result.Model)}  {Ink.Plain(Ink.Count(result.Records, "record"))}{Groups(result.Groups)}");
        RowProblemPrinter.Print(screen, result.RowProblems);
        foreach (var served in result.Destinations)
        {
            screen.Line();
            Print(screen, served.Plan);
            if (served.Problem is { } problem && !served.Plan.IsStopped)
                ProblemPrinter.Print(screen.Results, problem, "  ");
        }

        if (result.Problem is { } ended)
            ProblemPrinter.Print(screen.Talk, ended);
    }

    /// <summary>Groups and their members, for the end of a line.</summary>
    public static string Groups(IReadOnlyDictionary<string, long> groups) =>
        string.Concat(groups.Select(group => $"  {Ink.Faint("·")}  {Ink.Plain($"{group.Key} {Ink.Number(group.Value)}")}"));

    private static void Print(Screen screen, DestinationPlan plan)
    {
        screen.Line($"→ {Ink.Strong(plan.Destination)}");
        screen.Line("  " + Numbers(plan));
        foreach (var sample in plan.Samples)
            Print(screen, sample);
        Fields(screen, plan.Fields);
        foreach (var skip in plan.Skips)
            Print(screen, skip);
        if (!plan.IsEmpty)
            screen.Line($"  {Ink.Faint("cost")}  {Ink.Plain(Cost(plan))}");
        foreach (var guard in plan.Guards)
            Print(screen, guard);
    }

    private static string Numbers(DestinationPlan plan)
    {
        var parts = new List<string>();
        if (plan.Creates > 0)
            parts.Add(Ink.Added($"+ {Ink.Number(plan.Creates)} to create"));
        if (plan.Updates > 0)
            parts.Add(
                Ink.Changed($"~ {Ink.Number(plan.Updates)} to update")
                    + (plan.Renames > 0 ? Ink.Plain($" ({Ink.Number(plan.Renames)} renamed)") : ""));
        if (plan.Removals > 0)
            parts.Add(
                Ink.Gone($"- {Ink.Number(plan.Removals)} to remove")
                    + (plan.RemovalMeans.Length > 0 ? Ink.Plain($" ({plan.RemovalMeans})") : ""));
        if (parts.Count == 0)
            parts.Add(Ink.Plain("nothing to send"));
        parts.Add(Ink.Faint($"= {Ink.Number(plan.Unchanged)} unchanged"));
        return string.Join("   ", parts);
    }

    private static void Print(Screen screen, PlannedSample sample)
    {
        var head = sample.Act switch
        {
            "create" => Ink.Added("+ " + sample.Key),
            "remove" => Ink.Gone("- " + sample.Key),
            "rename" => Ink.Changed($"~ {sample.PreviousKey} → {sample.Key}"),
            _ => Ink.Changed("~ " + sample.Key),
        };
        screen.Line();
        screen.Line("  " + head);
        var width = sample.Changes.Count == 0 ? 0 : Math.Min(60, sample.Changes.Max(change => change.Field.Length));
        foreach (var change in sample.Changes)
        {
            var values = sample.Act == "create" && change.Before is null
                ? Ink.Value(change.After)
                : $"{Ink.Value(change.Before)} {Ink.Faint("→")} {Ink.Value(change.After)}";
            screen.Line($"      {Ink.Plain(change.Field.PadRight(width))}  {values}");
        }
    }

    private static void Fields(Screen screen, IReadOnlyList<PlannedField> fields)
    {
        if (fields.Count == 0)
            return;
        screen.Line();
        var shown = fields.Select(field => string.Join(' ', new[]
        {
            Ink.Plain(field.Field),
            field.Sets > 0 ? Ink.Added("+" + Ink.Number(field.Sets)) : "",
            field.Clears > 0 ? Ink.Gone("-" + Ink.Number(field.Clears)) : "",
        }.Where(part => part.Length > 0)));
        screen.Line($"  {Ink.Faint("fields")}  {string.Join($" {Ink.Faint("·")} ", shown)}");
    }

    private static void Print(Screen screen, PlannedSkip skip)
    {
        var word = skip.Kind == OutcomeKind.Refused ? "refused" : "skipped";
        screen.Line(
            $"  {Ink.Changed($"! {Ink.Number(skip.Count)} {word}")}  {Ink.Plain(skip.Message)}{RunPrinter.Keys(skip.Keys, skip.Count)}");
    }

    private static string Cost(DestinationPlan plan)
    {
        var parts = new List<string> { Ink.Count(plan.Calls, "API call") };
        if (plan.DataPoints is { } points)
            parts.Add(Ink.Count(points, "data point"));
        if (plan.AtLimits is { } time)
            parts.Add($"at least {Ink.Time(time)} at the destination's limits");
        return string.Join(" · ", parts);
    }

    private static void Print(Screen screen, GuardVerdict guard)
    {
        screen.Line(
            $"  {(guard.Stops ? Ink.Gone("stops") : Ink.Changed("note"))}  {Ink.Plain(guard.Message)} {Ink.Faint($"({guard.Code})")}");
        if (guard.Help is { } help)
            screen.Line($"         {Ink.Plain(help)}");
    }
}
