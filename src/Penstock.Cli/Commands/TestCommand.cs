using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock test</c>: tries connections.</summary>
internal sealed class TestCommand : PenstockCommand
{
    private readonly Argument<string[]> _apps;

    public TestCommand(CommandContext context)
        : base(context, "test", "Try the connections of apps without changing anything.",
            "penstock test          # every app of the project", "penstock test shop braze")
    {
        _apps = Completed(
            new Argument<string[]>("APP") { Description = "The apps; all by default.", Arity = ArgumentArity.ZeroOrMore },
            project => project.Apps.Select(app => app.Id));
        AddName(_apps);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var named = invocation.Value(_apps) ?? [];
        var apps = named.Length == 0 ? project.Apps : [.. named.Select(id => Named.App(project, id))];
        var tests = new List<AppTest>();
        await foreach (var test in invocation.Services.Apps.TestAsync(project, apps, cancellationToken))
        {
            tests.Add(test);
            if (!invocation.Screen.IsJson)
                Print(invocation.Screen, test);
        }

        if (invocation.Screen.IsJson)
        {
            invocation.Screen.Json(new
            {
                apps = tests.Select(test => new
                {
                    test.App,
                    test.Type,
                    Ok = test.Problem is null,
                    test.Reached,
                    Error = test.Problem is null ? null : ErrorPart.Of(test.Problem),
                }),
            });
        }

        return tests.Any(test => test.CouldNotConnect) ? ExitCodes.NotConnected
            : tests.Any(test => test.Problem is not null) ? ExitCodes.Usage
            : ExitCodes.Well;
    }

    private static void Print(Screen screen, AppTest test)
    {
        var app = $"{Ink.Strong(test.App)} {Ink.Faint($"({test.Type})")}";
        screen.Line(test.Problem is null ? $"{Ink.Added("✓")} {app}  {Ink.Plain(test.Reached)}" : $"{Ink.Gone("✗")} {app}");
        if (test.Problem is { } problem)
            ProblemPrinter.Print(screen.Results, problem, "  ");
    }
}
