using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>What a rule operator is compared with.</summary>
public enum Operands
{
    /// <summary>true, or false for the opposite.</summary>
    Flag,

    /// <summary>One value.</summary>
    One,

    /// <summary>Two values, the lower first.</summary>
    Two,

    /// <summary>A list of values.</summary>
    Many,

    /// <summary>A length in calendar units.</summary>
    Span,
}

/// <summary>The operators of group rules: their words, what they are compared with, and the types they fit. The one place.</summary>
public static class RuleOperators
{
    private static readonly Dictionary<string, RuleOperator> ByWord = MakeWords();

    /// <summary>The word in files.</summary>
    public static string Word(RuleOperator operation) => JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.ToString());

    /// <summary>The words, with the aliases <c>after</c> and <c>before</c>.</summary>
    public static IReadOnlyCollection<string> Words => ByWord.Keys;

    /// <summary>The operator of that word; null when there is none.</summary>
    public static RuleOperator? Parse(string word) => ByWord.TryGetValue(word, out var operation) ? operation : null;

    /// <summary>What it is compared with.</summary>
    public static Operands OperandsOf(RuleOperator operation) => operation switch
    {
        RuleOperator.Exists or RuleOperator.NotExists or RuleOperator.IsEmpty or RuleOperator.IsNotEmpty => Operands.Flag,
        RuleOperator.Between => Operands.Two,
        RuleOperator.In or RuleOperator.NotIn => Operands.Many,
        RuleOperator.Within or RuleOperator.OlderThan or RuleOperator.WithinNext or RuleOperator.LaterThan => Operands.Span,
        _ => Operands.One,
    };

    /// <summary>Whether the operator can be used on a property of the type; for an array, on its elements.</summary>
    public static bool Fits(RuleOperator operation, DataType type) => type.Kind == DataKind.Any || Takes(operation, type.Kind);

    /// <summary>The operators that fit a type.</summary>
    public static IReadOnlyList<RuleOperator> For(DataType type) => [.. Enum.GetValues<RuleOperator>().Where(
        operation => Fits(operation, type))];

    /// <summary>What it says, for the reference.</summary>
    public static string Meaning(RuleOperator operation) => operation switch
    {
        RuleOperator.Equals => "Has this value.",
        RuleOperator.NotEquals => "Has another value.",
        RuleOperator.GreaterThan => "Greater than the value; later, for dates.",
        RuleOperator.AtLeast => "Greater than or equal to the value.",
        RuleOperator.LessThan => "Less than the value; earlier, for dates.",
        RuleOperator.AtMost => "Less than or equal to the value.",
        RuleOperator.Between => "Between two values, `[low, high]`, both included.",
        RuleOperator.In => "Has one of these values.",
        RuleOperator.NotIn => "Has a value, and none of these.",
        RuleOperator.Exists => "Has a value (`true`), or none (`false`).",
        RuleOperator.NotExists => "Has no value (`true`), or one (`false`).",
        RuleOperator.IsEmpty => "Null, an empty text or an empty array (`true`), or not so (`false`).",
        RuleOperator.IsNotEmpty => "Neither null nor an empty text nor an empty array (`true`), or so (`false`).",
        RuleOperator.Contains => "Holds this text, in the same case.",
        RuleOperator.NotContains => "Has a value that does not hold this text.",
        RuleOperator.StartsWith => "Begins with this text.",
        RuleOperator.EndsWith => "Ends with this text.",
        RuleOperator.Like => "Fits a pattern with `%` (anything) and `_` (one character), in the same case.",
        RuleOperator.NotLike => "Has a value that does not fit the pattern.",
        RuleOperator.Ilike => "Fits a pattern, in any case.",
        RuleOperator.NotIlike => "Has a value that does not fit the pattern, in any case.",
        RuleOperator.Matches => "A regular expression (RE2) is found anywhere in it.",
        RuleOperator.NotMatches => "Has a value in which the regular expression is not found.",
        RuleOperator.Within => "In the past, and no longer ago than this.",
        RuleOperator.OlderThan => "At least this long ago.",
        RuleOperator.WithinNext => "Now or in the future, and sooner than this.",
        _ => "At least this far in the future.",
    };

    private static bool Takes(RuleOperator operation, DataKind kind) => operation switch
    {
        RuleOperator.Exists or RuleOperator.NotExists or RuleOperator.IsEmpty or RuleOperator.IsNotEmpty => true,
        RuleOperator.Equals or RuleOperator.NotEquals => kind != DataKind.Json,
        RuleOperator.In or RuleOperator.NotIn => kind is not (DataKind.Json or DataKind.Boolean),
        RuleOperator.GreaterThan or RuleOperator.AtLeast or RuleOperator.LessThan or RuleOperator.AtMost or RuleOperator.Between =>
            kind is DataKind.Integer or DataKind.Decimal or DataKind.Float or DataKind.Date or DataKind.Timestamp,
        RuleOperator.Within or RuleOperator.OlderThan or RuleOperator.WithinNext or RuleOperator.LaterThan =>
            kind is DataKind.Date or DataKind.Timestamp,
        _ => kind is DataKind.String or DataKind.Email or DataKind.Url or DataKind.Phone,
    };

    private static Dictionary<string, RuleOperator> MakeWords()
    {
        var words = Enum.GetValues<RuleOperator>().ToDictionary(Word, operation => operation, StringComparer.Ordinal);
        words["after"] = RuleOperator.GreaterThan;
        words["before"] = RuleOperator.LessThan;
        return words;
    }
}
