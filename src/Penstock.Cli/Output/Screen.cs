using Penstock.Cli.Wiring;
using Penstock.Contract;
using Spectre.Console;

namespace Penstock.Cli.Output;

/// <summary>The two ways out of a command: results on standard output, talk on standard error.</summary>
internal sealed class Screen
{
    // Nothing wraps where no person reads: a line stays a line.
    private const int Unbounded = 100_000;

    private readonly Surroundings _surroundings;

    /// <summary>Writes as <paramref name="surroundings"/> want it; JSON when <paramref name="json"/>.</summary>
    public Screen(Surroundings surroundings, bool json)
    {
        _surroundings = surroundings;
        IsJson = json;
        Results = Console(surroundings.Output, surroundings.OutputIsTerminal && surroundings.WantsColour, surroundings.OutputIsTerminal);
        Talk = Console(surroundings.Error, surroundings.ErrorIsTerminal && surroundings.WantsColour, surroundings.ErrorIsTerminal);
    }

    /// <summary>Whether results are JSON.</summary>
    public bool IsJson { get; }

    /// <summary>Where results go.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Where talk goes.</summary>
    public IAnsiConsole Talk { get; }

    /// <summary>Writes a line of a result; given as markup.</summary>
    public void Line(string markup = "") => Results.MarkupLine(markup);

    /// <summary>Says something beside the result, not under JSON; given as markup.</summary>
    public void Say(string markup)
    {
        if (!IsJson)
            Talk.MarkupLine(markup);
    }

    /// <summary>Writes a result as JSON.</summary>
    public void Json<T>(T result) => _surroundings.Output.WriteLine(JsonOutput.Write(result));

    /// <summary>Says what ended the command: as JSON on standard output, otherwise on standard error.</summary>
    public void Fail(Problem problem)
    {
        if (IsJson)
            Json(new ErrorJson(ErrorPart.Of(problem)));
        else
            ProblemPrinter.Print(Talk, problem);
    }

    /// <summary>Shows progress until disposed: moving on a terminal, a line now and then elsewhere, nothing under JSON.</summary>
    public ProgressPrinter Progress() =>
        new(_surroundings.Error, IsJson ? ProgressForm.None : MovesOnTerminal ? ProgressForm.Moving : ProgressForm.Lines,
            _surroundings.Time);

    private bool MovesOnTerminal => _surroundings.ErrorIsTerminal && _surroundings.WantsColour;

    private static IAnsiConsole Console(TextWriter writer, bool colour, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!terminal)
            console.Profile.Width = Unbounded;
        return console;
    }
}
