using Penstock.Contract;

namespace Penstock.Server;

/// <summary>The codes of what can go wrong in the web face.</summary>
public static class ServerProblems
{
    /// <summary>A mistake in Penstock.</summary>
    public static ProblemCode Defect { get; } = new("server.defect", "Something went wrong in Penstock itself.",
        "The log has the details under the number that was shown.");
}
