using Microsoft.Extensions.Logging;
using Penstock.Contract;

namespace Penstock.Server.Components.Shared;

/// <summary>What a person sees of a mistake in Penstock itself: that there was one, and how to find it in the log.</summary>
internal static class Defects
{
    /// <summary>Notes the defect in the log and gives what is shown.</summary>
    public static Problem Show(ILogger logger, Exception exception)
    {
        var number = Guid.NewGuid().ToString("N")[..8];
        logger.Defect(exception, number);
        return ServerProblems.Defect.Of("Something went wrong in Penstock itself.",
            $"Nothing was changed. Tell who runs Penstock: the log has it under {number}.");
    }
}
