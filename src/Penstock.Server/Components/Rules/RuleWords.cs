using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Rules;

/// <summary>The operators of rules as people say them, by the type they compare.</summary>
internal static class RuleWords
{
    // Those that people use most come first.
    private static readonly RuleOperator[] Order =
    [
        RuleOperator.Within, RuleOperator.OlderThan, RuleOperator.WithinNext, RuleOperator.LaterThan,
        RuleOperator.Equals, RuleOperator.NotEquals, RuleOperator.In, RuleOperator.NotIn,
        RuleOperator.GreaterThan, RuleOperator.AtLeast, RuleOperator.LessThan, RuleOperator.AtMost, RuleOperator.Between,
        RuleOperator.Contains, RuleOperator.NotContains, RuleOperator.StartsWith, RuleOperator.EndsWith,
        RuleOperator.Exists, RuleOperator.NotExists, RuleOperator.IsEmpty, RuleOperator.IsNotEmpty,
    ];

    /// <summary>The operators that fit a type, in the order of a list to choose from.</summary>
    public static IReadOnlyList<RuleOperator> For(DataType type) =>
        [.. RuleOperators.For(type).OrderBy(operation => Array.IndexOf(Order, operation) is >= 0 and var at ? at : Order.Length)];

    /// <summary>What is chosen in the list, such as <c>is at least</c>.</summary>
    public static string Of(RuleOperator operation, DataType type) =>
        type.IsArray ? OfElements(operation, type.Kind) : Of(operation, type.Kind);

    /// <summary>A type as people say it.</summary>
    public static string Of(DataType type) => type.IsArray ? $"list of {Plural(type.Kind)}" : type.Kind switch
    {
        DataKind.Boolean => "yes or no",
        DataKind.Integer => "whole number",
        DataKind.Decimal or DataKind.Float => "number",
        DataKind.Date => "date",
        DataKind.Timestamp => "date and time",
        DataKind.Email => "e-mail",
        DataKind.Url => "web address",
        DataKind.Phone => "phone",
        DataKind.Json => "document",
        DataKind.Any => "not known yet",
        _ => "text",
    };

    private static string Plural(DataKind kind) => kind switch
    {
        DataKind.Boolean => "yes or no",
        DataKind.Integer or DataKind.Decimal or DataKind.Float => "numbers",
        DataKind.Date or DataKind.Timestamp => "dates",
        _ => "texts",
    };

    private static string Of(RuleOperator operation, DataKind kind)
    {
        var isTime = kind is DataKind.Date or DataKind.Timestamp;
        return operation switch
        {
            RuleOperator.Equals => isTime ? "is on" : "is",
            RuleOperator.NotEquals => isTime ? "is not on" : "is not",
            RuleOperator.GreaterThan => isTime ? "is after" : "is more than",
            RuleOperator.AtLeast => isTime ? "is on or after" : "is at least",
            RuleOperator.LessThan => isTime ? "is before" : "is less than",
            RuleOperator.AtMost => isTime ? "is on or before" : "is at most",
            RuleOperator.Between => "is between",
            RuleOperator.In => "is one of",
            RuleOperator.NotIn => "is none of",
            RuleOperator.Exists => "has a value",
            RuleOperator.NotExists => "has no value",
            RuleOperator.IsEmpty => "is empty",
            RuleOperator.IsNotEmpty => "is not empty",
            RuleOperator.Contains => "contains",
            RuleOperator.NotContains => "does not contain",
            RuleOperator.StartsWith => "starts with",
            RuleOperator.EndsWith => "ends with",
            RuleOperator.Like => "fits the pattern (same case)",
            RuleOperator.NotLike => "does not fit the pattern (same case)",
            RuleOperator.Ilike => "fits the pattern",
            RuleOperator.NotIlike => "does not fit the pattern",
            RuleOperator.Matches => "matches the regular expression",
            RuleOperator.NotMatches => "does not match the regular expression",
            RuleOperator.Within => "is in the last",
            RuleOperator.OlderThan => "is at least this long ago:",
            RuleOperator.WithinNext => "is in the next",
            _ => "is at least this far ahead:",
        };
    }

    private static string OfElements(RuleOperator operation, DataKind kind) => operation switch
    {
        RuleOperator.Equals => "includes",
        RuleOperator.NotEquals => "does not include",
        RuleOperator.In => "includes any of",
        RuleOperator.NotIn => "includes none of",
        RuleOperator.Exists => "has a value",
        RuleOperator.NotExists => "has no value",
        RuleOperator.IsEmpty => "is empty",
        RuleOperator.IsNotEmpty => "is not empty",
        RuleOperator.NotContains => $"has none that {Of(RuleOperator.Contains, kind)}",
        RuleOperator.NotLike => $"has none that {Of(RuleOperator.Like, kind)}",
        RuleOperator.NotIlike => $"has none that {Of(RuleOperator.Ilike, kind)}",
        RuleOperator.NotMatches => $"has none that {Of(RuleOperator.Matches, kind)}",
        _ => $"has one that {Of(operation, kind)}",
    };
}
