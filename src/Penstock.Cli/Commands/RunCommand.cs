using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock run</c>: brings destinations up to date.</summary>
internal sealed class RunCommand : PenstockCommand
{
    private readonly Argument<string[]> _models;

    private readonly Option<bool> _approve = new("--approve-removals")
    {
        Description = "Remove records though a guard says that they are too many. Look at the plan first.",
    };

    public RunCommand(CommandContext context)
        : base(
            context, "run", "Bring the destinations of models up to date.",
            "penstock run                       # every model of the project", "penstock run users",
            "penstock run users --approve-removals",
            "penstock run --json | jq '.runs[].destinations'")
    {
        _models = Completed(
            new Argument<string[]>("MODEL") { Description = "The models; all by default.", Arity = ArgumentArity.ZeroOrMore },
            project => project.Models.Select(model => model.Id));
        AddName(_models);
        Add(_approve);
        Add(Common.Full);
        Add(Common.AsOf);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var models = Named.Models(project, invocation.Value(_models) ?? []);
        var request = new RunRequest
        {
            ApproveRemovals = invocation.Value(_approve),
            Full = invocation.Value(Common.Full),
            AsOf = Moment.Read(invocation.Value(Common.AsOf), project.TimeZone),
            Abort = invocation.Surroundings.Aborted,
        };
        var results = new List<RunResult>();
        using (var progress = invocation.Screen.Progress())
        {
            await foreach (var result in invocation.Services.Runs.RunAsync(project, models, request, progress, cancellationToken))
            {
                results.Add(result);
                progress.Dispose();
                if (!invocation.Screen.IsJson)
                    RunPrinter.Print(invocation.Screen, result);
            }
        }

        if (invocation.Screen.IsJson)
            invocation.Screen.Json(RunJson.Runs(results));
        return ExitCodes.Worst(results.Select(ExitCodes.Of));
    }
}
