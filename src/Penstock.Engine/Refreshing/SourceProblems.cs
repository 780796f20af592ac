using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>The codes of what can be wrong between a model and its sources as they are now.</summary>
public static class SourceProblems
{
    /// <summary>The table does not exist, or may not be seen.</summary>
    public static ProblemCode UnknownTable { get; } = new(
        "model.unknown_table", "A source's table does not exist, or this user may not see it.",
        "Check its name with penstock describe, and who may read it.");

    /// <summary>A column does not exist.</summary>
    public static ProblemCode UnknownColumn { get; } = new(
        "model.unknown_column", "A source has no column of this name: it was renamed or dropped, or is spelt otherwise.",
        "Check the columns with penstock describe.");

    /// <summary>A column can't be part of a key.</summary>
    public static ProblemCode KeyType { get; } = new(
        "model.key_type", "A column of this type can't name a record.", "Use a column of numbers, text or times as the primary key.");

    /// <summary>No type can be inferred.</summary>
    public static ProblemCode NoType { get; } = new(
        "property.no_type", "The aggregate of a column of this type has no type of its own.",
        "Declare the property's type, or aggregate another column.");

    /// <summary>No value of the column can become the property's type.</summary>
    public static ProblemCode NeverFits { get; } = new(
        "property.never_fits", "No value of the column can become the property's type: every record would lose it.",
        "Change the property's type, or take another column.");
}
