using Penstock.Engine.Workspace;

namespace Penstock.Cli.Output;

/// <summary>Prints what was wrong with rows of the sources.</summary>
internal static class RowProblemPrinter
{
    /// <summary>One line a kind, with a few samples.</summary>
    public static void Print(Screen screen, IReadOnlyList<RowProblem> problems)
    {
        foreach (var problem in problems)
        {
            var place = problem.Property is { } property ? $"{problem.Source}.{property}" : problem.Source;
            var samples = string.Join(", ", problem.Samples.Take(3).Select(sample =>
                sample.Value.Length > 0 ? $"{sample.Key}: '{Cut(sample.Value)}'" : sample.Key.Length > 0 ? sample.Key : "no key"));
            screen.Line(
                $"  {Ink.Changed($"! {Ink.Count(problem.Count, "row")}")}  {Ink.Plain($"{place}: {problem.Reason}")} "
                    + $"{Ink.Faint($"({samples})")}");
        }
    }

    private static string Cut(string value) => value.Length > 40 ? value[..40] + "…" : value;
}
