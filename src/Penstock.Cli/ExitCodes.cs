using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.Cli;

/// <summary>What the program's exit code says; scripts depend on these.</summary>
internal static class ExitCodes
{
    /// <summary>All well.</summary>
    public const int Well = 0;

    /// <summary>The configuration or the command is wrong.</summary>
    public const int Usage = 1;

    /// <summary>Finished, but some rows were refused or failed.</summary>
    public const int Partial = 2;

    /// <summary>A guard stopped it.</summary>
    public const int Stopped = 3;

    /// <summary>Could not connect, or was not authorised.</summary>
    public const int NotConnected = 4;

    /// <summary>Somebody cancelled it.</summary>
    public const int Cancelled = 130;

    // What matters most of several runs comes first.
    private static readonly int[] ByWeight = [Cancelled, NotConnected, Usage, Stopped, Partial, Well];

    /// <summary>The code of an exception that ends a command.</summary>
    public static int Of(Exception exception) => exception switch
    {
        ConnectionException or DestinationUnavailableException => NotConnected,
        OperationCanceledException => Cancelled,
        _ => Usage,
    };

    /// <summary>The code of what a run came to.</summary>
    public static int Of(RunResult result) => Worst(
    [
        result.Fault is not null ? NotConnected : Of(result.Status),
        .. result.Destinations.Select(served => served.Fault is not null ? NotConnected : Of(served.Status)),
    ]);

    /// <summary>The code of several.</summary>
    public static int Worst(IEnumerable<int> codes)
    {
        var all = codes.ToHashSet();
        return ByWeight.FirstOrDefault(all.Contains);
    }

    private static int Of(RunStatus status) => status switch
    {
        RunStatus.Succeeded => Well,
        RunStatus.Partial => Partial,
        RunStatus.Waiting => Stopped,
        RunStatus.Cancelled => Cancelled,
        _ => Usage,
    };
}
