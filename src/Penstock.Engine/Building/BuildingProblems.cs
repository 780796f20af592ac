using Penstock.Contract;

namespace Penstock.Engine.Building;

/// <summary>The codes of what can go wrong while records are built.</summary>
public static class BuildingProblems
{
    /// <summary>The records could not be built.</summary>
    public static ProblemCode Failed { get; } = new(
        "build.failed",
        "The records could not be built, for the reason that the message quotes.",
        "Look at the property or rule that the message names; penstock preview shows a few records.");

    /// <summary>The records need too much memory.</summary>
    public static ProblemCode OutOfMemory { get; } = new(
        "build.out_of_memory",
        "Building the records needs more memory than there is.",
        "Give the workspace more memory, or leave large properties out.");
}
