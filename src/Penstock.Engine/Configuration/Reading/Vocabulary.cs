using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>The words of filters on columns.</summary>
internal static class Filters
{
    // The words are those of the rules, where both have them.
    public static IReadOnlyDictionary<string, FilterOperator> Words { get; } = Enum.GetValues<FilterOperator>()
        .ToDictionary(Word, operation => operation, StringComparer.Ordinal);

    public static string Meaning(FilterOperator operation) => operation switch
    {
        FilterOperator.Equal => "The column equals the value.",
        FilterOperator.NotEqual => "The column has another value.",
        FilterOperator.GreaterThan => "The column is greater than the value.",
        FilterOperator.AtLeast => "The column is at least the value.",
        FilterOperator.LessThan => "The column is less than the value.",
        FilterOperator.AtMost => "The column is at most the value.",
        FilterOperator.Contains => "The text holds the value, in the same case.",
        FilterOperator.NotContains => "The column has a value that does not hold this text.",
        FilterOperator.Exists => "The column has a value (`true`), or none (`false`).",
        FilterOperator.NotExists => "The column has no value (`true`), or one (`false`).",
        FilterOperator.In => "The column equals one of the values.",
        _ => "The column has a value, and none of these.",
    };

    private static string Word(FilterOperator operation) => operation switch
    {
        FilterOperator.Equal => "equals",
        FilterOperator.NotEqual => "not_equals",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.ToString()),
    };
}

/// <summary>The words of aggregates.</summary>
internal static class Aggregates
{
    public static IReadOnlyDictionary<string, AggregateKind> Words { get; } = Enum.GetValues<AggregateKind>()
        .ToDictionary(kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), kind => kind, StringComparer.Ordinal);

    public static string Meaning(AggregateKind kind) => kind switch
    {
        AggregateKind.Sum => "The sum of that column's values; 0 of nothing.",
        AggregateKind.Average => "The mean of that column's values that are not null.",
        AggregateKind.Count => "How many values of that column are not null; 0 of nothing.",
        AggregateKind.CountDistinct => "How many different values of that column are not null; 0 of nothing.",
        AggregateKind.Min => "The smallest value of that column.",
        AggregateKind.Max => "The largest value of that column.",
        AggregateKind.Earliest => "That column's value in the row with the smallest `by:`.",
        AggregateKind.Latest => "That column's value in the row with the largest `by:`.",
        AggregateKind.List => "That column's values that are not null, as an array.",
        _ => "The column's value itself.",
    };
}
