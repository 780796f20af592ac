using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>The codes of what can be wrong with expressions and rules.</summary>
public static class CompilationProblems
{
    /// <summary>The expression can't be used.</summary>
    public static ProblemCode InvalidExpression { get; } = new(
        "expression.invalid",
        "The expression can't be read, or uses what an expression may not.",
        "Write one expression of the record's own properties, in DuckDB's SQL.");

    /// <summary>The expression's type does not fit.</summary>
    public static ProblemCode ExpressionType { get; } = new(
        "expression.type",
        "What the expression gives is not of the declared type, or of no property's type.",
        "Declare the type that the message names, or cast the expression.");

    /// <summary>The expression names an unknown property.</summary>
    public static ProblemCode ExpressionProperty { get; } = new(
        "expression.unknown_property",
        "The expression refers to a name that is not a property of the model.",
        "Check its spelling; text stands in single quotes.");

    /// <summary>A regular expression can't be read.</summary>
    public static ProblemCode RulePattern { get; } = new(
        "rule.invalid_pattern",
        "The regular expression of a rule can't be read.",
        "Patterns are those of RE2: no look-around and no back-references.");

    /// <summary>An operator does not fit the property's type.</summary>
    public static ProblemCode RuleOperator { get; } = new(
        "rule.operator",
        "A rule's operator does not fit the property's type.",
        "Use an operator that fits, or give the property another type.");

    /// <summary>A rule names an unknown property.</summary>
    public static ProblemCode RuleProperty { get; } = new(
        "rule.unknown_property",
        "A rule names a property that the model does not have.",
        "Check its spelling.");

    /// <summary>Properties or groups need one another.</summary>
    public static ProblemCode Cycle { get; } = new(
        "model.cycle",
        "Properties or groups need one another in a circle, or need something that does not exist.",
        "Let each depend only on others that do not depend on it.");
}
