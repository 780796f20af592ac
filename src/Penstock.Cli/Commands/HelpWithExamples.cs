using System.CommandLine;
using System.CommandLine.Invocation;

namespace Penstock.Cli.Commands;

/// <summary>The ordinary help, with the command's examples below.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction ordinary) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = ordinary.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not PenstockCommand { Examples.Count: > 0 } command)
            return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in command.Examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return code;
    }
}
