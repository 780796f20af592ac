using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Commands;

/// <summary>One command: its words, its examples, and what becomes of exceptions.</summary>
internal abstract class PenstockCommand : Command
{
    private readonly CommandContext _context;

    /// <summary>A command of that name; the examples are shown by its help.</summary>
    protected PenstockCommand(CommandContext context, string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        _context = context;
        Examples = examples;
        SetAction(InvokeAsync);
    }

    /// <summary>Command lines that show how it is used, each with a remark after <c>#</c> where it needs one.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>The options that commands share.</summary>
    protected CommonOptions Common => _context.Options;

    /// <summary>Adds <c>--project</c>, <c>--workspace</c>, <c>--control</c> and <c>--json</c>.</summary>
    protected void AddProjectOptions()
    {
        Add(Common.Project);
        Add(Common.Workspace);
        Add(Common.Control);
        Add(Common.Json);
    }

    /// <summary>Adds an argument for a name; what looks like an option is a mistyped one, not a name.</summary>
    protected void AddName(Argument argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Length > 1 && token.Value[0] == '-'))
                result.AddError($"There is no option '{token.Value}'.");
        });
        Add(argument);
    }

    /// <summary>Completes an argument by ids of the project in the folder.</summary>
    protected Argument<T> Completed<T>(Argument<T> argument, Func<Engine.Configuration.Project, IEnumerable<string>> ids)
    {
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add(completion => ProjectIds.Of(_context, completion.ParseResult, ids));
        return argument;
    }

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var invocation = new Invocation(_context, parsed, Options.Contains(Common.Json) && parsed.GetValue(Common.Json));
        try
        {
            return await ActAsync(invocation, cancellationToken);
        }
        catch (InvalidProjectException exception) when (!invocation.Screen.IsJson)
        {
            foreach (var problem in exception.Problems)
                ProblemPrinter.Print(invocation.Screen.Talk, problem);
            return ExitCodes.Usage;
        }
        catch (PenstockException exception)
        {
            invocation.Screen.Fail(exception.Problem);
            return ExitCodes.Of(exception);
        }
        catch (OperationCanceledException)
        {
            invocation.Screen.Fail(RunProblems.Cancelled.Of("Cancelled.", "The next run goes on from what was delivered."));
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            invocation.Screen.Fail(Defect(invocation, exception));
            return ExitCodes.Usage;
        }
    }

    private Problem Defect(Invocation invocation, Exception exception)
    {
        var surroundings = _context.Surroundings;
        if (surroundings.ShowsDefects)
            surroundings.Error.WriteLine(exception);
        var summary = $"Penstock made a mistake of its own: {exception.GetType().Name}.";
        return invocation.TryLog(exception, Name) is { } folder
            ? ControlProblems.Defect.Of(summary, $"The details are in {folder}. Please report them.")
            : ControlProblems.Defect.Of(summary, "Set PENSTOCK_DEBUG=1 and try again to see the details.");
    }
}
