using Penstock.Contract;

namespace Penstock.Engine.Runs;

/// <summary>The codes of what keeps a run, or a look into one, from its end.</summary>
public static class RunProblems
{
    /// <summary>The app has no tables.</summary>
    public static ProblemCode NotASource { get; } = new(
        "app.not_a_source",
        "The app can't be read: it has no tables or files.",
        "Use an app that is a database or files.");

    /// <summary>The app takes no records.</summary>
    public static ProblemCode NotADestination { get; } = new(
        "app.not_a_destination",
        "The app can't be written to: it takes no records.",
        "Use an app that is a destination.");

    /// <summary>Nothing was read yet.</summary>
    public static ProblemCode NothingKnown { get; } = new(
        "workspace.empty",
        "Nothing is known of the model's records yet.",
        "Run penstock plan or penstock run first.");

    /// <summary>It was cancelled.</summary>
    public static ProblemCode Cancelled { get; } = new(
        "run.cancelled",
        "It was cancelled.",
        "The next run goes on from what was delivered.", Severity.Warning);
}
