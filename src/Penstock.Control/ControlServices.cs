using Microsoft.Extensions.Logging;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;
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
    public ControlServices(string folder, RunnerSetup setup)
    {
        var runner = new Runner(setup);
        var database = new ControlDatabase(setup.Workspace, Patience, setup.Time);
        var history = new RunHistory(database, setup.Time);
        Projects = new(folder, setup.Connectors, runner);
        Apps = new(setup.Connectors, runner);
        Runs = new(runner, history, setup.Loggers.CreateLogger<RunService>());
        Inspection = new(runner, history);
        Inspectors = new(runner);
        Trials = new(database, Inspectors.Destinations, setup.Time);
        Readiness = new(database, setup.Workspace);
        People = new(database, setup.Time);
    }

    /// <summary>Reads and validates the project.</summary>
    public ProjectService Projects { get; }

    /// <summary>Tries and describes apps.</summary>
    public AppService Apps { get; }

    /// <summary>Runs and plans.</summary>
    public RunService Runs { get; }

    /// <summary>Looks into runs and workspaces.</summary>
    public InspectionService Inspection { get; }

    /// <summary>Looks into models, sources and destinations.</summary>
    public Inspectors Inspectors { get; }

    /// <summary>Sends single records as trials.</summary>
    public TrialService Trials { get; }

    /// <summary>Whether the process can do its work.</summary>
    public ReadinessService Readiness { get; }

    /// <summary>Who may do what, and who did what.</summary>
    public PeopleServices People { get; }
}
