using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock plan</c>: what a run would do.</summary>
internal sealed class PlanCommand : PenstockCommand
{
    private readonly Argument<string[]> _models;

    public PlanCommand(CommandContext context)
        : base(
            context, "plan", "Show what a run would do: nothing is sent.",
            "penstock plan                      # every model of the project", "penstock plan users --as-of 2026-12-24",
            "penstock plan --json")
    {
        _models = Completed(
            new Argument<string[]>("MODEL") { Description = "The models; all by default.", Arity = ArgumentArity.ZeroOrMore },
            project => project.Models.Select(model => model.Id));
        AddName(_models);
        Add(Common.AsOf);
        Add(Common.Full);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var models = Named.Models(project, invocation.Value(_models) ?? []);
        var request = new RunRequest
        {
            Full = invocation.Value(Common.Full),
            AsOf = Moment.Read(invocation.Value(Common.AsOf), project.TimeZone),
            Abort = invocation.Surroundings.Aborted,
        };
        var results = new List<RunResult>();
        using (var progress = invocation.Screen.Progress())
        {
            await foreach (var result in invocation.Services.Runs.PlanAsync(project, models, request, progress, cancellationToken))
            {
                results.Add(result);
                progress.Dispose();
                if (!invocation.Screen.IsJson)
                    PlanPrinter.Print(invocation.Screen, result);
            }
        }

        if (invocation.Screen.IsJson)
            invocation.Screen.Json(RunJson.Plans(results));
        return ExitCodes.Worst(results.Select(Code));
    }

    // Guards and rows that will be refused are what a plan is for; only one that could not be made is a failure.
    private static int Code(RunResult result) =>
        result.Status is RunStatus.Partial or RunStatus.Waiting ? ExitCodes.Well
        : ExitCodes.Of(result) is ExitCodes.Partial or ExitCodes.Stopped ? ExitCodes.Well
        : ExitCodes.Of(result);
}
