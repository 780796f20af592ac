using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>The codes of why a plan leaves a row out. They stand in the plan's SQL as text.</summary>
public static class RowReasons
{
    /// <summary>The key is empty.</summary>
    public static ProblemCode NoKey { get; } = new(
        "row.no_key",
        "The property mapped to the destination's key is empty, so nothing names the record there.",
        "Give the record a value for it, or map another property to the key.", Severity.Warning);

    /// <summary>Another record has the same key.</summary>
    public static ProblemCode DoubledKey { get; } = new(
        "row.doubled_key",
        "Several records have the same value for the destination's key, and none of them is sent.",
        "Make the property unique, or map another one to the key.", Severity.Warning);

    /// <summary>A required field has no value.</summary>
    public static ProblemCode RequiredMissing { get; } = new(
        "row.required_missing",
        "A field that the destination requires has no value.",
        "Give the record a value, or leave it out with a group.", Severity.Warning);

    /// <summary>A value breaks a rule of the field.</summary>
    public static ProblemCode BreaksRule { get; } = new(
        "row.breaks_rule",
        "A value breaks a rule that the destination declares for its field, such as a length.",
        "Correct the value in the source, or map another property.", Severity.Warning);

    /// <summary>The destination refused it before.</summary>
    public static ProblemCode RefusedBefore { get; } = new(
        "row.refused_before",
        "The destination refused the record, which has not changed since.",
        "Correct it in the source, or send it again with penstock retry.", Severity.Warning);

    /// <summary>What to do about a record with this reason; null for the reason of a destination, which brings its own words.</summary>
    /// <param name="code">The reason's code.</param>
    internal static string? ToDo(string code) =>
        Array.Find([NoKey, DoubledKey, RequiredMissing, BreaksRule, RefusedBefore], reason => reason.Code == code)?.ToDo;
}
