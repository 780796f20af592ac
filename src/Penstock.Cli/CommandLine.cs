using System.CommandLine;
using System.CommandLine.Invocation;
using Penstock.Cli.Commands;
using Penstock.Cli.Output;
using Penstock.Cli.Wiring;
using Penstock.Contract;
using Penstock.Control.Services;

namespace Penstock.Cli;

/// <summary>The program from its arguments to its exit code; what <c>Main</c> and the tests call.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Surroundings surroundings)
    {
        var parsed = Root.Create(surroundings).Parse(args);
        if (parsed.Action is ParseErrorAction)
            return Refuse(parsed, surroundings, args);
        var configuration = new InvocationConfiguration
        {
            Output = surroundings.Output,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Stopping listens to the signals
        };
        return await parsed.InvokeAsync(configuration, surroundings.Cancelled);
    }

    private static int Refuse(ParseResult parsed, Surroundings surroundings, IReadOnlyList<string> args)
    {
        if (args.Count == 0)
        {
            Root.Create(surroundings).Parse(["--help"]).Invoke(new InvocationConfiguration { Output = surroundings.Error });
            return ExitCodes.Usage;
        }

        new Screen(surroundings, args.Contains("--json")).Fail(Problem(parsed));
        return ExitCodes.Usage;
    }

    private static Problem Problem(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand root && parsed.UnmatchedTokens is [var word, ..])
        {
            var commands = root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);
            return Named.Unknown(CommandProblems.UnknownCommand, "command", word, commands).Problem;
        }

        var errors = string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal));
        return CommandProblems.Arguments.Of(errors, $"See 'penstock {parsed.CommandResult.Command.Name} --help'.");
    }
}
