using System.CommandLine;
using System.Reflection;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock completion</c>: the script that lets a shell complete Penstock's command lines.</summary>
internal sealed class CompletionCommand : PenstockCommand
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionCommand(CommandContext context)
        : base(
            context, "completion", "Print the script that lets a shell complete command lines.",
            "source <(penstock completion bash)", "penstock completion fish > ~/.config/fish/completions/penstock.fish")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Add(_shell);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var name = $"completion/penstock.{invocation.Value(_shell)}";
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        await invocation.Surroundings.Output.WriteAsync(await reader.ReadToEndAsync(cancellationToken));
        return ExitCodes.Well;
    }
}
