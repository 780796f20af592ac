using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock failures</c>: the records that destinations did not take.</summary>
internal sealed class FailuresCommand : PenstockCommand
{
    private readonly Argument<string?> _destination;

    public FailuresCommand(CommandContext context)
        : base(
            context, "failures", "List the records that destinations refused or could not take, by reason.",
            "penstock failures", "penstock failures braze_users", "penstock failures braze_users --json | jq -r '.failures[].key'")
    {
        _destination = Completed(
            new Argument<string?>("DESTINATION") { Description = "The destination; all by default.", Arity = ArgumentArity.ZeroOrOne },
            project => project.Destinations.Select(destination => destination.Id));
        AddName(_destination);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var destinations = invocation.Value(_destination) is { } id ? [Named.Destination(project, id)] : project.Destinations;
        if (invocation.Screen.IsJson)
            await WriteAsync(invocation, project, destinations, cancellationToken);
        else
            await PrintAsync(invocation, project, destinations, cancellationToken);
        return ExitCodes.Well;
    }

    private static async Task PrintAsync(
        Invocation invocation, Project project, IReadOnlyList<Destination> destinations, CancellationToken cancellationToken)
    {
        var screen = invocation.Screen;
        var count = 0L;
        foreach (var destination in destinations)
        {
            (string Code, string Message)? reason = null;
            await foreach (var failure in invocation.Services.Inspection.FailuresAsync(project, destination, cancellationToken))
            {
                count++;
                if (reason != (failure.Code, failure.Message))
                {
                    screen.Line(
                        $"{Ink.Strong(destination.Id)}  {Ink.Gone(failure.Kind.ToString().ToLowerInvariant())}  "
                            + $"{Ink.Plain(failure.Message)} "
                        + Ink.Faint($"({failure.Code})"));
                    if (failure.Help is { } help)
                        screen.Line($"    {Ink.Plain(help)}");
                    reason = (failure.Code, failure.Message);
                }

                screen.Line(
                    $"  {Ink.Plain(failure.Key)}  "
                        + $"{Ink.Faint($"since {failure.FirstAt:yyyy-MM-dd HH:mm}Z, tried {Ink.Count(failure.Attempts, "time")}")}");
            }
        }

        screen.Say(
            Ink.Faint(
                count == 0 ? "No record is refused or failed."
                    : $"{Ink.Count(count, "record")}. 'penstock retry DESTINATION' lets refused ones be tried again."));
    }

    // Written one by one: there may be as many failures as records.
    private static async Task WriteAsync(
        Invocation invocation, Project project, IReadOnlyList<Destination> destinations, CancellationToken cancellationToken)
    {
        // A workspace that can't be read must end in an error, not in half a document: the first failure is fetched before anything is
        // written.
        var output = invocation.Surroundings.Output;
        var isOpen = false;
        foreach (var destination in destinations)
        {
            await foreach (var failure in invocation.Services.Inspection.FailuresAsync(project, destination, cancellationToken))
            {
                output.Write(isOpen ? ",\n" : "{\"failures\": [\n");
                isOpen = true;
                output.Write(JsonOutput.WriteLine(new
                {
                    Destination = destination.Id,
                    failure.Key,
                    failure.Kind,
                    failure.Code,
                    failure.Message,
                    failure.Help,
                    FirstAt = failure.FirstAt.UtcDateTime,
                    LastAt = failure.LastAt.UtcDateTime,
                    failure.Attempts,
                }));
            }
        }

        output.WriteLine(isOpen ? "\n]}" : "{\"failures\": []}");
    }
}
