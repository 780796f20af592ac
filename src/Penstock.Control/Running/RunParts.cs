using Microsoft.Extensions.Logging;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Control.Running;

/// <summary>What running models works with.</summary>
internal sealed record RunParts(ControlDatabase Database, RunHistory History, Runner Runner, RunService Runs, TimeProvider Time)
{
    /// <summary>The project of the newest revision.</summary>
    public required Func<CancellationToken, Task<CurrentProject>> Current { get; init; }

    /// <summary>Where it is noted what goes on.</summary>
    public required ILogger Logger { get; init; }
}
