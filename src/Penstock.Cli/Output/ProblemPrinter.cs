using Penstock.Contract;
using Spectre.Console;

namespace Penstock.Cli.Output;

/// <summary>Prints what is wrong: what happened, where, what to do.</summary>
internal static class ProblemPrinter
{
    /// <summary>Prints one problem, its code last so that it can be looked up.</summary>
    public static void Print(IAnsiConsole console, Problem problem, string indent = "")
    {
        var word = problem.Severity == Severity.Error ? Ink.Gone("error") : Ink.Changed("warning");
        var place = Place(problem);
        console.MarkupLine(
            $"{indent}{word} {(place.Length > 0 ? Ink.Strong(place) + " " : "")}{Ink.Plain(problem.Message)} "
                + $"{Ink.Faint($"({problem.Code})")}");
        if (problem.Help is { } help)
            console.MarkupLine($"{indent}      {Ink.Plain(help)}");
    }

    private static string Place(Problem problem)
    {
        var file = problem.File is null ? "" : problem.Line is { } line ? $"{problem.File}:{line}" : problem.File;
        return (file, problem.Path) switch
        {
            ("", null) => "",
            ("", { } path) => path + ":",
            (_, null) => file + ":",
            (_, { } path) => $"{file}: {path}:",
        };
    }
}
