using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Health;
using Penstock.Control.Notifications;
using Penstock.Control.Outbound;
using Penstock.Control.Retention;
using Penstock.Control.Revisions;
using Penstock.Control.Running;
using Penstock.Control.Schedules;
using Penstock.Control.Secrets;
using Penstock.Control.Services;
using Penstock.Control.Settings;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
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
        SecretSource = new StoredSecretSource(setup.Secrets, vault);
        setup = setup with { Secrets = SecretSource };
        var runner = new Runner(setup);
        var history = new RunHistory(database, setup.Time);
        Projects = new(folder, setup.Connectors, runner);
        Apps = new(setup.Connectors, runner);
        Runs = new(runner, history, setup.Loggers.CreateLogger<RunService>());
        Inspection = new(runner, history);
        var store = new RevisionStore(folder, setup.Connectors, setup.Time);
        CurrentProject = cancellationToken => NewestAsync(store, cancellationToken);
        var parts = new RunParts(database, history, runner, Runs, setup.Time)
        {
            Current = cancellationToken => CurrentProject(cancellationToken),
            Logger = setup.Loggers.CreateLogger<RunCoordinator>(),
        };
        Coordinator = new(parts, new());
        Scheduler = new(parts, Coordinator);
        Settings = new(database, setup.Time);
        Outbound = new(settings.AllowedHosts);
        Notifications = new(database, Outbound, setup.Secrets, setup.Time);
        Health = new(parts, Coordinator, Settings, Notifications);
        Retention = new(database, Settings, setup.Time);
        Automation = new(this, parts);
        DraftData = new(runner, setup.Time);
        Inspectors = new(runner);
        DraftInspectors = new(runner.Draft(Services.DraftData.Id));
        DraftPlans = new(runner, setup.Time);
        Trials = new(database, Inspectors.Destinations, setup.Time);
        Readiness = new(database, setup.Workspace);
        DraftTrials = new(database, DraftData.Destinations, setup.Time);
        People = new(database, setup.Time);
        Revisions = new(database, store, audit, setup.Time, setup.Loggers.CreateLogger<RevisionService>());
        Drafts = new(database, store, Revisions, audit, setup.Time);
        Secrets = new(database, vault, store, Projects, audit, setup.Time);
        AppEditing = new(
            Drafts, Secrets, SecretSource, setup.Connectors,
            secrets => new(setup.Connectors, new Runner(setup with { Secrets = secrets })));
        ControlName = database.Location.ToString();
    }

    /// <summary>Where the control database is, without a password: a file, or <c>penstock on db:5432</c>.</summary>
    public string ControlName { get; }

    /// <summary>What secrets, cookies and tokens are protected with.</summary>
    public KeyRing Keys { get; }

    /// <summary>Opens references to secrets, stored ones too: what runs use.</summary>
    internal ISecretSource SecretSource { get; }

    /// <summary>Published configurations.</summary>
    public RevisionService Revisions { get; }

    /// <summary>The draft of the next one.</summary>
    public DraftService Drafts { get; }

    /// <summary>Stored secrets.</summary>
    public SecretService Secrets { get; }

    /// <summary>Puts apps with typed credentials into the draft.</summary>
    public AppEditing AppEditing { get; }

    /// <summary>Which addresses may be called that people name.</summary>
    public OutboundPolicy Outbound { get; }

    /// <summary>The project that the server runs. Default: that of the newest revision, or of the folder while there is none.</summary>
    public Func<CancellationToken, Task<CurrentProject>> CurrentProject { get; set; }

    /// <summary>Runs models for the server: queue, progress, cancelling, approving.</summary>
    public RunCoordinator Coordinator { get; }

    /// <summary>Starts runs at the times of the models' schedules.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>The server's settings.</summary>
    public SettingsService Settings { get; }

    /// <summary>How the models stand.</summary>
    public HealthService Health { get; }

    /// <summary>The channels by which people are told.</summary>
    public NotificationService Notifications { get; }

    /// <summary>Deletes what is older than it is kept.</summary>
    public RetentionService Retention { get; }

    /// <summary>Starts and stops all that works by itself; for the server's hosted service.</summary>
    public Automation Automation { get; }

    /// <summary>Reads and validates the project.</summary>
    public ProjectService Projects { get; }

    /// <summary>Tries and describes apps.</summary>
    public AppService Apps { get; }

    /// <summary>Runs and plans.</summary>
    public RunService Runs { get; }

    /// <summary>The data that the draft is edited over.</summary>
    public DraftData DraftData { get; }

    /// <summary>Looks into models, sources and destinations.</summary>
    public Inspectors Inspectors { get; }

    /// <summary>The same over the draft's data, where there is some; the live data otherwise.</summary>
    public Inspectors DraftInspectors { get; }

    /// <summary>Sends single records as trials.</summary>
    public TrialService Trials { get; }

    /// <summary>Whether the process can do its work.</summary>
    public ReadinessService Readiness { get; }

    /// <summary>Plans destinations of the draft.</summary>
    public DraftPlans DraftPlans { get; }

    /// <summary>Sends single records by destinations of the draft.</summary>
    public TrialService DraftTrials { get; }

    /// <summary>Looks into runs and workspaces.</summary>
    public InspectionService Inspection { get; }

    /// <summary>Who may do what, and who did what.</summary>
    public PeopleServices People { get; }

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();

    // Nothing published and nothing in the folder is a beginning: the first visitor sees the first steps, not a failure.
    private async Task<CurrentProject> NewestAsync(RevisionStore store, CancellationToken cancellationToken)
    {
        if (await Revisions.CurrentAsync(cancellationToken) is { } published)
            return new(published.Project, published.Info.Number);
        var isEmpty = Projects.Read().Problems is [var problem] && problem.Code == ConfigurationProblems.Empty.Code;
        return new(isEmpty ? store.Empty() : Projects.Load(), null);
    }

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
