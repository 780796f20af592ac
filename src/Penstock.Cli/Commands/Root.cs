using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Penstock.Cli.Wiring;

namespace Penstock.Cli.Commands;

/// <summary>The program's commands.</summary>
internal static class Root
{
    /// <summary>The command line over <paramref name="surroundings"/>.</summary>
    public static RootCommand Create(Surroundings surroundings)
    {
        var context = new CommandContext(surroundings, new CommonOptions());
        var root = new RootCommand(
            "Penstock keeps marketing, sales and support tools in step with your database.\n"
            + "Exit codes: 0 all well, 1 configuration or usage, 2 finished but some rows were refused or failed, 3 stopped by a guard, "
            + "4 could not connect or not authorised, 130 cancelled.")
        {
            new InitCommand(context),
            new DemoCommand(context),
            new ValidateCommand(context),
            new SchemaCommand(context),
            new ConnectorsCommand(context),
            new TestCommand(context),
            new DescribeCommand(context),
            new PreviewCommand(context),
            new PlanCommand(context),
            new RunCommand(context),
            new RunsCommand(context),
            new FailuresCommand(context),
            new RetryCommand(context),
            new ExplainCommand(context),
            new ApplyCommand(context),
            new PullCommand(context),
            new SecretCommand(context),
            new ServeCommand(context),
            new SimulateCommand(context),
            new CompletionCommand(context),
            new DocsCommand(context),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!); // the library's help option has an action
        return root;
    }
}
