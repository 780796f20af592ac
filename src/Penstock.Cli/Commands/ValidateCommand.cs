using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock validate</c>: every problem of the configuration at once.</summary>
internal sealed class ValidateCommand : PenstockCommand
{
    private readonly Option<bool> _connect =
        new("--connect") { Description = "Also check credentials, tables, columns and remote fields." };

    public ValidateCommand(CommandContext context)
        : base(context, "validate", "Check the configuration and show every problem at once.", "penstock validate",
            "penstock validate --connect", "penstock validate -p shop --json")
    {
        Add(_connect);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var problems = await invocation.Services.Projects.ValidateAsync(invocation.Value(_connect), cancellationToken);
        var errors = problems.Count(problem => problem.Severity == Severity.Error);
        if (invocation.Screen.IsJson)
        {
            invocation.Screen.Json(new ProblemsJson([.. problems.Select(ProblemPart.Of)]));
        }
        else
        {
            foreach (var problem in problems)
                ProblemPrinter.Print(invocation.Screen.Results, problem);
            var warnings = problems.Count - errors;
            invocation.Screen.Line(
                (errors == 0 ? Ink.Added("The configuration is valid.") : Ink.Gone($"{Ink.Count(errors, "error")}."))
                + (warnings > 0 ? " " + Ink.Changed($"{Ink.Count(warnings, "warning")}.") : ""));
        }

        return errors == 0 ? ExitCodes.Well : problems.Any(IsConnection) ? ExitCodes.NotConnected : ExitCodes.Usage;
    }

    private static bool IsConnection(Problem problem) =>
        problem.Severity == Severity.Error && problem.Code.StartsWith("connection.", StringComparison.Ordinal);
}
