using Microsoft.Extensions.Logging;
using Penstock.Control.Database;
using Penstock.Control.Health;
using Penstock.Control.Notifications;
using Penstock.Control.Outbound;
using Penstock.Control.Retention;
using Penstock.Control.Running;
using Penstock.Control.Schedules;
using Penstock.Control.Services;
using Penstock.Control.Settings;
using Penstock.Engine.Runs;

namespace Penstock.Control;

/// <summary>The application services over one project folder and workspace: what every face calls.</summary>
public sealed class ControlServices
{
    // How long a command waits for another that is writing to the control database; its transactions take milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes the services. Nothing is opened or written before one is used.</summary>
    /// <param name="folder">The project folder.</param>
    /// <param name="setup">What runs work with; its workspace is where the control database lies too.</param>
    /// <param name="outbound">Which addresses may be called that people name; null for public ones only.</param>
    public ControlServices(string folder, RunnerSetup setup, OutboundPolicy? outbound = null)
    {
        var runner = new Runner(setup);
        var database = new ControlDatabase(setup.Workspace, Patience, setup.Time);
        var history = new RunHistory(database, setup.Time);
        Projects = new(folder, setup.Connectors, runner);
        Apps = new(setup.Connectors, runner);
        Runs = new(runner, history, setup.Loggers.CreateLogger<RunService>());
        Inspection = new(runner, history);
        CurrentProject = _ => Task.FromResult(new CurrentProject(Projects.Load(), null));
        var parts = new RunParts(database, history, runner, Runs, setup.Time)
        {
            Current = cancellationToken => CurrentProject(cancellationToken),
            Logger = setup.Loggers.CreateLogger<RunCoordinator>(),
        };
        Coordinator = new(parts, new());
        Scheduler = new(parts, Coordinator);
        Settings = new(database, setup.Time);
        Notifications = new(database, outbound ?? new([]), setup.Secrets, setup.Time);
        Health = new(parts, Coordinator, Settings, Notifications);
        Retention = new(database, Settings, setup.Time);
        Automation = new(this, parts);
    }

    /// <summary>The project that the server runs: that of the newest revision, once the wiring says so; until then that of the folder.</summary>
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

    /// <summary>Looks into runs and workspaces.</summary>
    public InspectionService Inspection { get; }
}
