using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Revisions;
using Penstock.Control.Secrets;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Runs;

namespace Penstock.Control;

/// <summary>The application services over one project folder and workspace: what every face calls.</summary>
public sealed class ControlServices : IDisposable
{
    // How long a command waits for another that is writing to the control database; its transactions take milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes the services. Nothing is opened or written before one is used.</summary>
    /// <param name="folder">The project folder.</param>
    /// <param name="setup">What runs work with; its workspace is where the control database lies too.</param>
    /// <param name="settings">Where the control database is and what opens its secrets; by default all is in the workspace.</param>
    /// <exception cref="PenstockException">The address of the control database is none.</exception>
    public ControlServices(string folder, RunnerSetup setup, ControlSettings? settings = null)
    {
        settings ??= new();
        var database = new ControlDatabase(Location(settings, setup.Workspace), Patience, setup.Time);
        var audit = new AuditLog(setup.Time);
        Keys = new(database, setup.Workspace, settings);
        var vault = new SecretVault(database, Keys);
        setup = setup with { Secrets = new StoredSecretSource(setup.Secrets, vault) };
        var runner = new Runner(setup);
        var history = new RunHistory(database, setup.Time);
        Projects = new(folder, setup.Connectors, runner);
        Apps = new(setup.Connectors, runner);
        Runs = new(runner, history, setup.Loggers.CreateLogger<RunService>());
        Inspection = new(runner, history);
        DraftData = new(runner, setup.Time);
        People = new(database, setup.Time);
        var store = new RevisionStore(folder, setup.Connectors, setup.Time);
        Revisions = new(database, store, audit, setup.Time, setup.Loggers.CreateLogger<RevisionService>());
        Drafts = new(database, store, Revisions, audit, setup.Time);
        Secrets = new(database, vault, store, Projects, audit, setup.Time);
        AppEditing = new(Drafts, Secrets, setup.Connectors);
        ControlName = database.Location.ToString();
    }

    /// <summary>Where the control database is, without a password: a file, or <c>penstock on db:5432</c>.</summary>
    public string ControlName { get; }

    /// <summary>What secrets, cookies and tokens are protected with.</summary>
    public KeyRing Keys { get; }

    /// <summary>Published configurations.</summary>
    public RevisionService Revisions { get; }

    /// <summary>The draft of the next one.</summary>
    public DraftService Drafts { get; }

    /// <summary>Stored secrets.</summary>
    public SecretService Secrets { get; }

    /// <summary>Puts apps with typed credentials into the draft.</summary>
    public AppEditing AppEditing { get; }

    /// <summary>Reads and validates the project.</summary>
    public ProjectService Projects { get; }

    /// <summary>Tries and describes apps.</summary>
    public AppService Apps { get; }

    /// <summary>Runs and plans.</summary>
    public RunService Runs { get; }

    /// <summary>The data that the draft is edited over.</summary>
    public DraftData DraftData { get; }

    /// <summary>Looks into runs and workspaces.</summary>
    public InspectionService Inspection { get; }

    /// <summary>Who may do what, and who did what.</summary>
    public PeopleServices People { get; }

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();

    private static ControlLocation Location(ControlSettings settings, string workspace)
    {
        if (settings.Database is not { Length: > 0 } url)
            return ControlLocation.InWorkspace(workspace);
        try
        {
            return ControlLocation.InPostgres(url);
        }
        catch (FormatException exception)
        {
            throw new PenstockException(
                ControlProblems.Address.Of($"The address of the control database is none: {exception.Message}",
                    "Write postgres://user:password@host:5432/database after --control."),
                exception);
        }
    }
}
