using Penstock.Contract;

namespace Penstock.Engine.Inspecting;

/// <summary>The codes of what keeps somebody from looking into a model or a source.</summary>
public static class InspectingProblems
{
    /// <summary>What is asked about was not loaded yet.</summary>
    public static ProblemCode NotLoaded { get; } = new(
        "workspace.not_loaded",
        "The model's data, or a property of it, was not loaded yet in its present form.",
        "Load the data, then look again.");

    /// <summary>The records can't be asked this.</summary>
    public static ProblemCode Unanswered { get; } = new(
        "records.unanswered",
        "The records can't be asked this, for the reason that the message quotes.",
        "Change the value or expression that the message names.");

    /// <summary>There is no such record.</summary>
    public static ProblemCode UnknownRecord { get; } = new(
        "records.unknown", "The model has no record of that key.", "Search for it; it may be gone at the source.");

    /// <summary>A group names itself.</summary>
    public static ProblemCode Circle { get; } = new(
        "rule.circle", "Groups depend on each other in a circle.", "Take one of these memberships out.");

    /// <summary>A rule names an unknown group.</summary>
    public static ProblemCode UnknownGroup { get; } = new(
        "rule.unknown_group", "A rule names a group that the model does not have.", "Check its spelling.");

    /// <summary>A query is not one SELECT.</summary>
    public static ProblemCode NotOneSelect { get; } = new(
        "source.not_one_select", "The query is not exactly one SELECT.",
        "Write one SELECT (or WITH … SELECT), without a semicolon inside.");

    /// <summary>The source took too long.</summary>
    public static ProblemCode TooSlow { get; } = new(
        "source.too_slow", "The source did not answer within the time that a preview may take.",
        "Narrow the query down, or look at the table with an index; a run may take as long as the app's timeout says.");
}
