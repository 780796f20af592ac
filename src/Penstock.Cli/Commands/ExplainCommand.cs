using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock explain</c>: one record, from its sources to its destination.</summary>
internal sealed class ExplainCommand : PenstockCommand
{
    private readonly Argument<string> _destination;
    private readonly Argument<string> _key = new("KEY") { Description = "The record's key at the destination." };

    public ExplainCommand(CommandContext context)
        : base(
            context, "explain",
            "Show one record: its values and where they came from, its groups and why, what was sent and what would be.",
            "penstock explain braze_users 42")
    {
        _destination = Completed(
            new Argument<string>("DESTINATION") { Description = "The destination." }, project =>
                project.Destinations.Select(destination => destination.Id));
        AddName(_destination);
        Add(_key);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var destination = Named.Destination(project, invocation.Value(_destination)!); // required by the parser
        var explanation = await invocation.Services.Inspection.ExplainAsync(project, destination, invocation.Value(_key)!,
            cancellationToken);
        if (invocation.Screen.IsJson)
            invocation.Screen.Json(explanation);
        else
            ExplanationPrinter.Print(invocation.Screen, explanation);
        return ExitCodes.Well;
    }
}
