using System.CommandLine;
using System.Globalization;
using Penstock.Cli.Output;
using Penstock.Contract;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock secret</c>: stores, lists and removes secrets. A value only ever goes in.</summary>
internal sealed class SecretCommand : PenstockCommand
{
    private const int MaxLength = 64 * 1024;

    private readonly Argument<string> _act = new("ACT") { Description = "set, list or remove." };

    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The secret's name, as in ${secret:NAME}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Remove it though apps refer to it." };

    public SecretCommand(CommandContext context)
        : base(context, "secret", "Store, list or remove secrets, encrypted; set reads the value from standard input.",
            "penstock secret set braze < key.txt", "penstock secret list", "penstock secret remove braze")
    {
        _act.AcceptOnlyFromAmong("set", "list", "remove");
        Add(_act);
        AddName(_name);
        Add(_force);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        switch (invocation.Value(_act))
        {
            case "list":
                await ListAsync(invocation, cancellationToken);
                break;
            case "set":
                await SetAsync(invocation, NameOf(invocation), cancellationToken);
                break;
            default:
                var name = NameOf(invocation);
                await invocation.Services.Secrets.RemoveAsync(invocation.Actor, name, invocation.Value(_force), cancellationToken);
                Say(invocation, name, $"The secret {name} is removed.");
                break;
        }

        return ExitCodes.Well;
    }

    private string NameOf(Invocation invocation) => invocation.Value(_name) ?? throw new PenstockException(
        CommandProblems.Arguments.Of("The secret's name is missing.", "Write 'penstock secret set NAME'."));

    private static async Task SetAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        var value = invocation.Surroundings.ReadHidden($"Value of {name}: ")
            ?? await ReadAsync(invocation.Surroundings.Input, cancellationToken);
        // The line break that an editor or echo puts at the end is no part of it.
        await invocation.Services.Secrets.SetAsync(invocation.Actor, name, new(value.TrimEnd('\n').TrimEnd('\r')), cancellationToken);
        Say(invocation, name, $"The secret {name} is stored. Refer to it by ${{secret:{name}}}.");
    }

    private static async Task<string> ReadAsync(TextReader input, CancellationToken cancellationToken)
    {
        var buffer = new char[MaxLength + 1];
        var length = await input.ReadBlockAsync(buffer, cancellationToken);
        return length <= MaxLength ? new string(buffer, 0, length) : throw new PenstockException(
            CommandProblems.Arguments.Of("What standard input gives is longer than 64 KiB, which no secret is.",
                "Check what is piped in."));
    }

    private static void Say(Invocation invocation, string name, string text)
    {
        if (invocation.Screen.IsJson)
            invocation.Screen.Json(new { name });
        else
            invocation.Screen.Line(Ink.Plain(text));
    }

    private static async Task ListAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var secrets = await invocation.Services.Secrets.ListAsync(cancellationToken);
        if (invocation.Screen.IsJson)
        {
            invocation.Screen.Json(new { secrets });
            return;
        }

        if (secrets.Count == 0)
            invocation.Screen.Say(Ink.Plain("No secret is stored. 'penstock secret set NAME' stores one."));
        foreach (var secret in secrets)
        {
            var changed = secret.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
            var users = secret.UsedBy.Count == 0 ? "used by nothing" : $"used by {string.Join(", ", secret.UsedBy)}";
            var when = Ink.Plain($"changed {changed} by {secret.ChangedBy}");
            invocation.Screen.Line($"{Ink.Strong(secret.Name)}  {when}  {Ink.Faint(users)}");
        }
    }
}
