using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Wiring;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary>One call of a command: its values, where it writes, and the services over the project it names.</summary>
internal sealed class Invocation(CommandContext context, ParseResult parsed, bool json) : IDisposable
{
    private Composition? _composition;
    private Project? _project;

    /// <summary>Where the command writes.</summary>
    public Screen Screen { get; } = new(context.Surroundings, json);

    /// <summary>What the program gets from outside.</summary>
    public Surroundings Surroundings => context.Surroundings;

    /// <summary>The project folder, as it was named.</summary>
    public string Folder => parsed.GetValue(context.Options.Project) ?? ".";

    /// <summary>Everything put together for the project; made when first asked for.</summary>
    public Composition Composition => _composition ??= Compose();

    /// <summary>The services over the project.</summary>
    public ControlServices Services => Composition.Services;

    /// <summary>Who types: the account's name, for those who read what was done.</summary>
    public Actor Actor => Actor.CommandLine(
        Surroundings.Variable("USER") ?? Surroundings.Variable("USERNAME") ?? "the command line");

    /// <summary>The project.</summary>
    /// <exception cref="PenstockException">It has errors.</exception>
    public Project Project => _project ??= Services.Projects.Load();

    /// <summary>An option's value.</summary>
    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>An argument's value.</summary>
    public T? Value<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>Writes a defect to the log.</summary>
    /// <returns>The log's folder; null when there is no log to write to.</returns>
    public string? TryLog(Exception defect, string command)
    {
        if (_composition is not { } composition)
            return null;
        try
        {
            composition.Log.CreateLogger("Penstock.Cli").Defect(defect, command);
            return Directory.Exists(composition.Log.Folder) ? composition.Log.Folder : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _composition?.Dispose();

    // Only the server has the options; asked of another command, the parser would not know them. Where only this machine can reach the
    // server, whoever uses it can call this machine anyhow.
    private IReadOnlyList<string> AllowedHosts()
    {
        if (parsed.CommandResult.Command is not ServeCommand)
            return [];
        var urls = parsed.GetValue(context.Options.Urls) ?? [];
        var isLocal = urls.All(url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback);
        return [.. parsed.GetValue(context.Options.AllowedHosts) ?? [], .. isLocal ? Composition.ThisMachine : []];
    }

    private Composition Compose()
    {
        var folder = Path.GetFullPath(Folder, context.Surroundings.Folder);
        if (!Directory.Exists(folder))
            throw new PenstockException(CommandProblems.NoFolder.Of($"There is no folder {folder}.",
                "Name the project's folder with --project, or make one with 'penstock init'."));
        return new(context.Surroundings, folder, parsed.GetValue(context.Options.Workspace),
            "penstock " + parsed.CommandResult.Command.Name, parsed.GetValue(context.Options.Control),
            isServer: parsed.CommandResult.Command is ServeCommand, allowedHosts: AllowedHosts());
    }
}
