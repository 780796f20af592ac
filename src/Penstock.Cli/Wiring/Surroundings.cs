using System.Collections;

namespace Penstock.Cli.Wiring;

/// <summary>What the program gets from outside: read once at start, so that everything below can be run in a test.</summary>
internal sealed record Surroundings
{
    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where talk goes: progress, notes, problems.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a secret comes from. Default: nothing.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Reads a line from the terminal without showing it, after a prompt; null when there is no terminal.</summary>
    public Func<string, string?> ReadHidden { get; init; } = _ => null;

    /// <summary>Whether <see cref="Output"/> is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The environment's variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The folder the person is in.</summary>
    public required string Folder { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancels the command: requests in flight finish first.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>Stops the command at once.</summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>Whether colours and moving lines are wanted: not under NO_COLOR (no-color.org), not on a dumb terminal.</summary>
    public bool WantsColour => string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>Whether a defect shows its stack trace.</summary>
    public bool ShowsDefects => !string.IsNullOrEmpty(Variable("PENSTOCK_DEBUG"));

    /// <summary>A variable of the environment; null when it is not set.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name);

    /// <summary>Those of this process.</summary>
    public static Surroundings OfProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        Input = Console.In,
        ReadHidden = HiddenLine,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => entry.Value as string ?? "", StringComparer.Ordinal),
        Folder = Directory.GetCurrentDirectory(),
    };

    private static string? HiddenLine(string prompt)
    {
        if (Console.IsInputRedirected)
            return null;
        Console.Error.Write(prompt);
        var line = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                line.Length = Math.Max(0, line.Length - 1);
            else if (key.KeyChar != '\0')
                line.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return line.ToString();
    }
}
