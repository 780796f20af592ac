using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock retry</c>: lets refused records be tried again.</summary>
internal sealed class RetryCommand : PenstockCommand
{
    private readonly Argument<string> _destination;

    public RetryCommand(CommandContext context)
        : base(context, "retry", "Let the records that a destination refused be tried again by the next run.",
            "penstock retry braze_users && penstock run users")
    {
        _destination = Completed(
            new Argument<string>("DESTINATION") { Description = "The destination." }, project =>
                project.Destinations.Select(destination => destination.Id));
        AddName(_destination);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var destination = Named.Destination(project, invocation.Value(_destination)!); // required by the parser
        var records = await invocation.Services.Inspection.RetryAsync(project, destination, cancellationToken);
        if (invocation.Screen.IsJson)
            invocation.Screen.Json(new { Destination = destination.Id, Records = records });
        else
            invocation.Screen.Line(
                Ink.Plain($"{Ink.Count(records, "refused record")} will be tried again by the next run of {destination.ModelId}."));
        return ExitCodes.Well;
    }
}
