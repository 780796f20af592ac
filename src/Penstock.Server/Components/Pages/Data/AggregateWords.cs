using Penstock.Contract;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>Aggregates and conditions as people say them.</summary>
public static class AggregateWords
{
    /// <summary>The ways in the order to offer.</summary>
    public static IReadOnlyList<AggregateKind> All { get; } =
    [
        AggregateKind.Sum, AggregateKind.Count, AggregateKind.CountDistinct, AggregateKind.Latest, AggregateKind.Earliest,
        AggregateKind.Max,
        AggregateKind.Min, AggregateKind.Average, AggregateKind.List, AggregateKind.Exact,
    ];

    /// <summary>The way, before the column's name: <c>sum of</c>, <c>latest</c>.</summary>
    public static string Of(AggregateKind way) => way switch
    {
        AggregateKind.Sum => "sum of",
        AggregateKind.Average => "average",
        AggregateKind.Count => "count of",
        AggregateKind.CountDistinct => "count of different",
        AggregateKind.Min => "smallest",
        AggregateKind.Max => "largest",
        AggregateKind.Earliest => "earliest",
        AggregateKind.Latest => "latest",
        AggregateKind.List => "list of",
        _ => "value of",
    };

    /// <summary>The whole: <c>sum of price</c>, <c>latest category by created_at</c>.</summary>
    public static string Of(SelectedColumn column) => column.Aggregate == AggregateKind.Exact ? column.Column
        : Of(column.Aggregate) + " " + column.Column + (column.By is null ? "" : $" by {column.By}");

    /// <summary>Whether the rows must be put in an order.</summary>
    public static bool NeedsOrder(AggregateKind way) => way is AggregateKind.Earliest or AggregateKind.Latest;

    /// <summary>Whether a column can be taken that way.</summary>
    public static bool Fits(AggregateKind way, DataType type) =>
        way is not (AggregateKind.Sum or AggregateKind.Average) || type.IsNumber || type.IsText;

    /// <summary>What such a property may be called.</summary>
    public static string Id(AggregateKind way, string column, string source) => FormIds.Of(
        way switch
        {
            AggregateKind.Sum => $"total_{column}",
            AggregateKind.Average => $"average_{column}",
            AggregateKind.Count => column.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? $"{source}_count" : $"{column}_count",
            AggregateKind.CountDistinct => $"different_{column}",
            AggregateKind.Min => $"smallest_{column}",
            AggregateKind.Max => $"largest_{column}",
            AggregateKind.Earliest => $"first_{column}",
            AggregateKind.Latest => $"last_{column}",
            AggregateKind.List => $"{column}_list",
            _ => column,
        },
        "property");

    /// <summary>The comparison between a column and a value.</summary>
    public static string Of(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Equal => "is",
        FilterOperator.NotEqual => "is another than",
        FilterOperator.GreaterThan => "is greater than",
        FilterOperator.AtLeast => "is at least",
        FilterOperator.LessThan => "is less than",
        FilterOperator.AtMost => "is at most",
        FilterOperator.Contains => "contains",
        FilterOperator.NotContains => "does not contain",
        FilterOperator.Exists => "has a value",
        FilterOperator.NotExists => "has no value",
        FilterOperator.In => "is one of",
        _ => "is none of",
    };

    /// <summary>A condition: <c>state is successful</c>.</summary>
    public static string Of(SourceFilter filter) =>
        $"{filter.Column} {Of(filter.Operator)} {string.Join(", ", filter.Values.Select(value => value.ToString()))}".TrimEnd();

    /// <summary>The comparisons that fit a type.</summary>
    public static IReadOnlyList<FilterOperator> Fitting(DataType type)
    {
        FilterOperator[] presence = [FilterOperator.Exists, FilterOperator.NotExists];
        if (type.Kind == DataKind.Boolean)
            return [FilterOperator.Equal, FilterOperator.NotEqual, .. presence];
        FilterOperator[] equality = [FilterOperator.Equal, FilterOperator.NotEqual, FilterOperator.In, FilterOperator.NotIn];
        FilterOperator[] order = [FilterOperator.GreaterThan, FilterOperator.AtLeast, FilterOperator.LessThan, FilterOperator.AtMost];
        if (type.IsArray || type.Kind == DataKind.Json)
            return presence;
        return type.IsText ? [.. equality, FilterOperator.Contains, FilterOperator.NotContains, .. presence]
            : [.. equality, .. order, .. presence];
    }
}
