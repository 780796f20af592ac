using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>
/// Says whether a person's SQL may be used, before anything runs it: one scalar expression over properties, in DuckDB's dialect, whose
/// value depends on the record alone. Parsed by DuckDB itself, never by looking at the text.
/// </summary>
public static class ExpressionChecker
{
    /// <summary>Checks an expression.</summary>
    /// <param name="expression">The expression as written.</param>
    /// <param name="propertyIds">The properties it may refer to.</param>
    /// <returns>What is wrong with it; null when it may be used.</returns>
    public static Problem? Check(string expression, IReadOnlyCollection<string> propertyIds)
    {
        var parsed = ParsedExpression.Parse(expression);
        if (parsed.Problem is not null)
            return parsed.Problem;
        var unknown = parsed.References.FirstOrDefault(name => !propertyIds.Contains(name, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? null : Unknown(unknown, propertyIds);
    }

    /// <summary>The names an expression refers to; empty when it can't be read.</summary>
    public static IReadOnlyCollection<string> References(string expression) => [.. ParsedExpression.Parse(expression).References];

    /// <summary>Checks a regular expression of a <c>matches</c> rule.</summary>
    /// <returns>What is wrong with it; null when RE2 takes it.</returns>
    public static Problem? CheckPattern(string pattern)
    {
        try
        {
            ExpressionDatabase.Ask("SELECT CAST(regexp_matches('', CAST($1 AS VARCHAR)) AS VARCHAR)", pattern);
            return null;
        }
        catch (DuckDBException exception)
        {
            return new Problem(
                "rule.invalid_pattern",
                $"The regular expression {pattern} can't be read: {ExpressionDatabase.Said(exception)}",
                "Patterns are those of RE2: no look-around and no back-references.");
        }
    }

    private static Problem Unknown(string name, IReadOnlyCollection<string> propertyIds)
    {
        if (name.StartsWith("current_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("local", StringComparison.OrdinalIgnoreCase))
            return new Problem(
                "expression.invalid",
                $"The expression uses {name}, which does not depend on the record alone.",
                "To compare with the present, write a group with a relative rule such as  within: 60 days.");
        return new Problem(
            "expression.unknown_property",
            $"The expression refers to {name}, which is not a property of the model.",
            $"Text stands in single quotes. The properties are {string.Join(", ", propertyIds.Take(20))}.");
    }
}
