namespace Penstock.Contract;

/// <summary>How many rows of a secondary source become one value of a record.</summary>
public enum AggregateKind
{
    /// <summary>The column's value itself: one row per record.</summary>
    Exact,

    /// <summary>The sum of the values; 0 of nothing.</summary>
    Sum,

    /// <summary>The mean of the values that are not null.</summary>
    Average,

    /// <summary>How many values are not null; 0 of nothing.</summary>
    Count,

    /// <summary>How many different values are not null; 0 of nothing.</summary>
    CountDistinct,

    /// <summary>The smallest value.</summary>
    Min,

    /// <summary>The largest value.</summary>
    Max,

    /// <summary>
    /// The value in the row with the smallest <see cref="SelectedColumn.By"/>. Rows whose <c>by</c> is null do not take part; among
    /// equals the largest value wins, null last.
    /// </summary>
    Earliest,

    /// <summary>The same with the largest <see cref="SelectedColumn.By"/>.</summary>
    Latest,

    /// <summary>
    /// The values that are not null as an array: in the order of <see cref="SelectedColumn.By"/> (then of the value), or of the value
    /// itself without one, at most <see cref="SelectedColumn.Limit"/> of them. Travels as JSON text. Null of nothing.
    /// </summary>
    List,
}

/// <summary>One output column of a <see cref="SourceSelection"/>.</summary>
public sealed record SelectedColumn
{
    /// <summary>The name in the result: a property's id, or a key's.</summary>
    public required string Name { get; init; }

    /// <summary>How the rows become one value.</summary>
    public AggregateKind Aggregate { get; init; } = AggregateKind.Exact;

    /// <summary>The column the value comes from.</summary>
    public required string Column { get; init; }

    /// <summary>The column that orders the rows, for earliest, latest and list.</summary>
    public string? By { get; init; }

    /// <summary>The most elements of a list. Default 100.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Whether a list starts at the largest <see cref="By"/>.</summary>
    public bool Descending { get; init; }
}

/// <summary>The comparisons of a filter on a source's column.</summary>
public enum FilterOperator
{
    /// <summary>The column equals the value.</summary>
    Equal,

    /// <summary>The column has a value, and another one.</summary>
    NotEqual,

    /// <summary>Greater than the value.</summary>
    GreaterThan,

    /// <summary>Greater than or equal to the value.</summary>
    AtLeast,

    /// <summary>Less than the value.</summary>
    LessThan,

    /// <summary>Less than or equal to the value.</summary>
    AtMost,

    /// <summary>The text holds the value, in the same case.</summary>
    Contains,

    /// <summary>The column has a value whose text does not hold the value.</summary>
    NotContains,

    /// <summary>The column has a value.</summary>
    Exists,

    /// <summary>The column has no value.</summary>
    NotExists,

    /// <summary>The column equals one of the values.</summary>
    In,

    /// <summary>The column has a value, and none of these.</summary>
    NotIn,
}

/// <summary>A condition on a column of a source; all conditions of a source hold together.</summary>
/// <param name="Column">The column.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Values">The values compared with: none, one, or a list.</param>
public sealed record SourceFilter(string Column, FilterOperator Operator, IReadOnlyList<Value> Values);

/// <summary>What is wanted from a source, before it is SQL: one statement in the source's own database.</summary>
public sealed record SourceSelection
{
    /// <summary>The table; null when <see cref="Query"/> is given.</summary>
    public Identifier? Table { get; init; }

    /// <summary>A person's own query, without a closing semicolon; null when <see cref="Table"/> is given.</summary>
    public string? Query { get; init; }

    /// <summary>The columns that name the record: the primary key, or a secondary source's join columns. Never aggregated.</summary>
    public required IReadOnlyList<SelectedColumn> Keys { get; init; }

    /// <summary>The values.</summary>
    public required IReadOnlyList<SelectedColumn> Columns { get; init; }

    /// <summary>The conditions, joined by <em>and</em>.</summary>
    public IReadOnlyList<SourceFilter> Filters { get; init; } = [];

    /// <summary>The most rows to give; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Whether any column is aggregated, so that there is one row per key.</summary>
    public bool IsAggregated => Columns.Any(column => column.Aggregate != AggregateKind.Exact);

    /// <summary>
    /// The output column that counts the rows of a key, added to an aggregated selection that also has exact columns, so that
    /// several rows where one is expected can be told. Null when there is none.
    /// </summary>
    public string? RowCountName => IsAggregated && Columns.Any(column => column.Aggregate == AggregateKind.Exact) ? "_rows" : null;
}
