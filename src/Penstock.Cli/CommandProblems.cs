using Penstock.Contract;

namespace Penstock.Cli;

/// <summary>The codes of what can be wrong with a command line.</summary>
public static class CommandProblems
{
    /// <summary>The server can't listen.</summary>
    public static ProblemCode Listening { get; } = new("server.listening", "The server can't listen at an address.",
        "Stop the program that has the port, or name another address with --url.");

    /// <summary>The arguments or options are wrong.</summary>
    public static ProblemCode Arguments { get; } = new("usage.arguments", "The arguments or options are wrong.",
        "See the command's --help.");

    /// <summary>No such command.</summary>
    public static ProblemCode UnknownCommand { get; } = new("usage.unknown_command", "There is no such command.", "See 'penstock --help'.");

    /// <summary>No such connector.</summary>
    public static ProblemCode UnknownConnector { get; } = new("usage.unknown_connector", "There is no such connector.",
        "'penstock connectors' lists them.");

    /// <summary>No such kind of destination.</summary>
    public static ProblemCode UnknownKind { get; } = new("usage.unknown_kind", "The connector has no such kind of destination.",
        "Use a name that the message proposes.");

    /// <summary>No such vendor.</summary>
    public static ProblemCode UnknownVendor { get; } = new("usage.unknown_vendor", "No such vendor can be simulated.",
        "See 'penstock simulate --help'.");

    /// <summary>No such folder.</summary>
    public static ProblemCode NoFolder { get; } = new(
        "usage.no_folder", "The project folder does not exist.",
        "Name the project's folder with --project, or make one with 'penstock init'.");

    /// <summary>Files are there already.</summary>
    public static ProblemCode FilesExist { get; } = new("usage.files_exist", "A file that would be written is there already.",
        "Name another folder. Nothing was written.");

    /// <summary>A file can't be written.</summary>
    public static ProblemCode NotWritable { get; } = new("usage.not_writable", "A file or folder cannot be written.",
        "Check its permissions, or name another.");

    /// <summary>A simulator can't be started.</summary>
    public static ProblemCode Simulator { get; } = new("usage.simulator", "The simulator cannot be started as asked.",
        "The message says why.");

    /// <summary>Not a time.</summary>
    public static ProblemCode Time { get; } = new(
        "usage.time", "What was given is no time.",
        "Write it as 2026-12-24, 2026-12-24T18:00 (in the project's time zone) or 2026-12-24T18:00Z.");

    /// <summary>The folder's files were changed and not applied.</summary>
    public static ProblemCode LocalChanges { get; } = new(
        "pull.local_changes", "The folder's files were changed since they were pulled or applied.",
        "Apply them or put them aside first, or use --force: they are then overwritten.");

    /// <summary>No API key.</summary>
    public static ProblemCode NoApiKey { get; } = new(
        "server.no_key", "There is no API key to speak to the server with.", "Make one in the server and set PENSTOCK_API_KEY.");

    /// <summary>The server said something unexpected.</summary>
    public static ProblemCode ServerAnswer { get; } = new(
        "server.answer", "The server's answer is none of a Penstock server.", "Check the address after --server, and the versions.");
}
