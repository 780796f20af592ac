using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Outbound;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering.Http;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Cli.Wiring;

/// <summary>The one place where everything is put together, for one project folder and workspace.</summary>
internal sealed class Composition : IDisposable
{
    /// <summary>The addresses by which a machine reaches itself.</summary>
    public static readonly IReadOnlyList<string> ThisMachine = ["127.0.0.0/8", "::1"];

    // A page that is looked at asks every few seconds; what nobody looks at gives its memory back.
    private static readonly TimeSpan IdleWorkspace = TimeSpan.FromMinutes(1);

    /// <summary>Puts it together; nothing is opened or written yet.</summary>
    /// <param name="surroundings">What the program gets from outside.</param>
    /// <param name="folder">The project folder.</param>
    /// <param name="workspace">The workspace folder; null for the usual one.</param>
    /// <param name="command">What this process does, told to whoever finds a workspace held: <c>penstock run</c>.</param>
    /// <param name="control">The control database in PostgreSQL; null for PENSTOCK_CONTROL's, or the workspace's own.</param>
    /// <param name="allowedHosts">What may be called inside the network when people name it; null for nothing.</param>
    /// <param name="isServer">Whether workspaces are shared by all that the process does, as a server needs it.</param>
    public Composition(
        Surroundings surroundings, string folder, string? workspace, string command = "penstock", string? control = null,
        bool isServer = false, IReadOnlyList<string>? allowedHosts = null)
    {
        Folder = Path.GetFullPath(folder, surroundings.Folder);
        Workspace = workspace is null ? Path.Combine(Folder, ".penstock") : Path.GetFullPath(workspace, surroundings.Folder);
        Connectors = ConnectorAssemblies.Catalog();
        Log = new LogFile(Workspace);
        var setup = new RunnerSetup(Connectors, new SecretSources(Folder, surroundings.Variable), Workspace, surroundings.Time)
        {
            Loggers = Log,
            Command = command,
            Shared = isServer ? new SharedWorkspaces(surroundings.Time, IdleWorkspace) : null,
        };

        // Whoever may edit an app of the server names the address that the server then calls.
        if (isServer)
            setup = setup with { Http = new(new OutboundPolicy(allowedHosts ?? []).Guard(HttpHandlers.Create())) };
        Services = new ControlServices(Folder, setup, new()
        {
            Database = control ?? surroundings.Variable("PENSTOCK_CONTROL"),
            KeyFile = surroundings.Variable("PENSTOCK_KEY_FILE") is { Length: > 0 } file
                ? Path.GetFullPath(file, surroundings.Folder) : null,
            MasterKey = surroundings.Variable("PENSTOCK_MASTER_KEY"),
            AllowedHosts = allowedHosts ?? [],
        });
    }

    /// <summary>The project folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The workspace folder, absolute.</summary>
    public string Workspace { get; }

    /// <summary>The connectors at hand.</summary>
    public ConnectorCatalog Connectors { get; }

    /// <summary>The log.</summary>
    public LogFile Log { get; }

    /// <summary>What every face calls.</summary>
    public ControlServices Services { get; }

    /// <summary>Closes the log.</summary>
    public void Dispose()
    {
        Services.Dispose();
        Log.Dispose();
    }
}
