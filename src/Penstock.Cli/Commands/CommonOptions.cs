using System.CommandLine;

namespace Penstock.Cli.Commands;

/// <summary>The options that commands share; one set for each command line, since an option knows its commands.</summary>
internal sealed class CommonOptions
{
    /// <summary>The project folder.</summary>
    public Option<string> Project { get; } = new("--project", "-p")
    {
        Description = "The project folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    /// <summary>Where Penstock keeps what it knows.</summary>
    public Option<string?> Workspace { get; } = new("--workspace")
    {
        Description = "Where Penstock keeps what it knows: .penstock in the project folder by default.",
        HelpName = "DIR",
    };

    /// <summary>Where the server listens.</summary>
    public Option<string[]> Urls { get; } = new("--url")
    {
        Description = "The address to listen at; may be given several times.",
        HelpName = "URL",
        DefaultValueFactory = _ => ["http://127.0.0.1:5600"],
    };

    /// <summary>What may be called inside the network when people name it.</summary>
    public Option<string[]> AllowedHosts { get; } = new("--allow-host")
    {
        Description = "What may be called inside the network when people name it in the UI: hooks.local, *.corp.local, 10.0.0.0/8. "
            + "This machine may be called while the server listens on it alone.",
        HelpName = "PATTERN",
    };

    /// <summary>The control database elsewhere.</summary>
    public Option<string?> Control { get; } = new("--control")
    {
        Description = "The control database in PostgreSQL; PENSTOCK_CONTROL by default, or else a file in the workspace.",
        HelpName = "postgres://…",
    };

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Write the result as JSON on standard output." };

    /// <summary>The moment of relative dates.</summary>
    public Option<string?> AsOf { get; } = new("--as-of")
    {
        Description = "Read relative dates (within 60 days) at another moment, such as 2026-12-24 or 2026-12-24T18:00Z.",
        HelpName = "TIME",
    };

    /// <summary>Everything anew.</summary>
    public Option<bool> Full { get; } = new("--full") { Description = "Send everything anew, as if nothing had been delivered." };
}
