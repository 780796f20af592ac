using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Output;

/// <summary>Prints what a run came to.</summary>
internal static class RunPrinter
{
    /// <summary>Prints one model's run.</summary>
    public static void Print(Screen screen, RunResult result)
    {
        var id = result.Id is { } run ? $" {Ink.Faint($"run {run}")}" : "";
        screen.Line(
            $"{Ink.Strong(result.Model)}{id}  {Ink.Plain(Ink.Count(result.Records, "record"))}{PlanPrinter.Groups(result.Groups)}  "
            + $"{Ink.Faint("·")}  {Ink.Plain(Ink.Time(result.Elapsed))}");
        RowProblemPrinter.Print(screen, result.RowProblems);
        foreach (var served in result.Destinations)
            Print(screen, served);
        if (result.Problem is { } problem)
            ProblemPrinter.Print(screen.Talk, problem);
        if (result.Status == RunStatus.Cancelled)
            screen.Say(Ink.Changed($"Cancelled: {Left(result)} left. The next run goes on from there."));
    }

    /// <summary>The counts of one destination on a line; what is zero is left out.</summary>
    public static string Numbers(long created, long updated, long removed, long unchanged, long skipped, long refused, long failed)
    {
        var parts = new[]
        {
            created > 0 ? Ink.Added($"+ {Ink.Number(created)} created") : "",
            updated > 0 ? Ink.Changed($"~ {Ink.Number(updated)} updated") : "",
            removed > 0 ? Ink.Gone($"- {Ink.Number(removed)} removed") : "",
            Ink.Faint($"= {Ink.Number(unchanged)} unchanged"),
            skipped > 0 ? Ink.Plain($"{Ink.Number(skipped)} skipped") : "",
            refused > 0 ? Ink.Gone($"{Ink.Number(refused)} refused") : "",
            failed > 0 ? Ink.Gone($"{Ink.Number(failed)} failed") : "",
        };
        return string.Join("   ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Why records were not delivered, a line a reason.</summary>
    public static void Reasons(Screen screen, IEnumerable<FailureReason> reasons)
    {
        foreach (var reason in reasons)
        {
            var word = $"! {Ink.Number(reason.Count)} {reason.Kind.ToString().ToLowerInvariant()}";
            screen.Line(
                $"    {(reason.Kind == OutcomeKind.Skipped ? Ink.Changed(word) : Ink.Gone(word))}  "
                    + $"{Ink.Plain(reason.Message)}{Keys(reason.Keys, reason.Count)}");
            if (reason.Help is { } help)
                screen.Line($"        {Ink.Plain(help)}");
        }
    }

    /// <summary>Some of the keys in question, for the end of a line; nothing when there are none.</summary>
    public static string Keys(IReadOnlyList<string> keys, long count) =>
        keys.Count == 0 ? "" : " " + Ink.Faint($"({string.Join(", ", keys.Take(5))}{(count > 5 ? ", …" : "")})");

    private static void Print(Screen screen, DestinationResult served)
    {
        var numbers = Numbers(served.Created, served.Updated, served.Removed, served.Unchanged, served.Skipped, served.Refused,
            served.Failed);
        screen.Line(
            $"→ {Ink.Strong(served.Destination)}  {numbers}   "
                + $"{Ink.Faint($"{Ink.Count(served.Calls, "API call")} · {Ink.Time(served.Elapsed)}")}");
        Reasons(screen, served.Reasons);
        if (served.Problem is { } problem)
            ProblemPrinter.Print(screen.Talk, problem, "    ");
    }

    private static string Left(RunResult result) => Ink.Count(result.Destinations.Sum(served => served.Failed), "record");
}
