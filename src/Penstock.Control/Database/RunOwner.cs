using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Penstock.Control.Database;

/// <summary>The process that runs a run, as text: machine, number and start, since a number is used again after a while.</summary>
internal static class RunOwner
{
    // A process computes the start of another from the clock and the time since boot, which differs by a little each time.
    private const long ToleranceSeconds = 5;

    /// <summary>This process.</summary>
    public static string Current() =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Started(Environment.ProcessId)}");

    /// <summary>This process as one of several nodes, of which a test has several in a process.</summary>
    public static string Current(string node) => $"{Current()}/{node}";

    /// <summary>Whether it is a process of this machine.</summary>
    public static bool IsHere(string owner) => owner.Split('/')[0] == Environment.MachineName;

    /// <summary>Whether that process is known to be gone; false for one on another machine.</summary>
    public static bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        return parts.Length is 3 or 4 && parts[0] == Environment.MachineName
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            && !(Started(process) is { } now && Math.Abs(now - started) <= ToleranceSeconds);
    }

    private static long? Started(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return new DateTimeOffset(found.StartTime).ToUnixTimeSeconds();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
