using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Delivering.Http;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>What a <see cref="Runner"/> works with; given by the wiring.</summary>
/// <param name="Connectors">The connectors at hand.</param>
/// <param name="Secrets">Opens references to secrets.</param>
/// <param name="Workspace">The folder of the workspaces.</param>
/// <param name="Time">The clock.</param>
public sealed record RunnerSetup(ConnectorCatalog Connectors, ISecretSource Secrets, string Workspace, TimeProvider Time)
{
    /// <summary>What carries HTTP requests; one for the process, so that connections are kept.</summary>
    public HttpMessageInvoker Http { get; init; } = new(HttpHandlers.Create());

    /// <summary>Where it is noted what goes on. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>How much of the machine a workspace may use.</summary>
    public WorkspaceOptions WorkspaceOptions { get; init; } = new();

    /// <summary>
    /// The workspaces that this process keeps open, so that it can look into them while they run; null to open and close one with each
    /// call, as commands do.
    /// </summary>
    public SharedWorkspaces? Shared { get; init; }

    /// <summary>For a draft's runner, the folder of the live workspaces; null for the live runner.</summary>
    internal string? Live { get; init; }

    /// <summary>How patient and how bold deliveries are.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>What this process is called, told to whoever finds a workspace held: <c>penstock run users</c>.</summary>
    public string Command { get; init; } = "penstock";

    /// <summary>How long history is kept. Default 90 days.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(90);
}
