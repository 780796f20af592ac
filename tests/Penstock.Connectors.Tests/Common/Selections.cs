using Penstock.Contract;

namespace Penstock.Connectors.Tests.Common;

/// <summary>The selections that each dialect writes into golden files, over one table with hostile names.</summary>
internal static class Selections
{
    public const string Hostile = "we\"ird; DROP TABLE x -- 😀";

    /// <summary>
    /// Name and selection; <paramref name="table"/> has the columns id, user_id, price, category, state, created_at and
    /// <see cref="Hostile"/>.
    /// </summary>
    public static IReadOnlyList<(string Name, SourceSelection Selection)> All(Identifier table, string queryTable) =>
    [
        ("exact", Of(table, [Exact("id")], [Exact("price"), new() { Name = "p\"q", Column = Hostile }]) with { Limit = 10 }),
        ("aggregates", Of(table, [Exact("user_id")],
        [
            Made("ltv", AggregateKind.Sum, "price"), Made("average", AggregateKind.Average, "price"),
            Made("count", AggregateKind.Count, "id"),
            Made("kinds", AggregateKind.CountDistinct, "category"), Made("first", AggregateKind.Min, "created_at"),
            Made("last", AggregateKind.Max, "created_at"),
        ]) with { Filters = [new("state", FilterOperator.Equal, [Value.Of("successful")])] }),
        ("latest", Of(table, [Exact("user_id")],
        [
            Made("ltv", AggregateKind.Sum, "price"), By("last_category", AggregateKind.Latest, "category"),
            By("last_price", AggregateKind.Latest, "price"),
            By("first_category", AggregateKind.Earliest, "category"),
        ])),
        ("list", Of(table, [Exact("user_id")],
        [
            Made("categories", AggregateKind.List, "category") with { Limit = 3 },
            By("recent", AggregateKind.List, "category") with { Descending = true, Limit = 5 },
        ])),
        ("one-row-expected", Of(table, [Exact("user_id")], [Exact("category"), Made("ltv", AggregateKind.Sum, "price")])),
        ("filters", Of(table, [Exact("id")], []) with { Filters = Filters }),
        ("typed-filters", Of(table, [Exact("id")], []) with
        {
            Filters =
            [
                new("created_at", FilterOperator.AtLeast, [Value.Of(new DateTime(2024, 1, 1, 10, 0, 0, DateTimeKind.Utc))]),
                new("created_at", FilterOperator.LessThan, [Value.Of(new DateOnly(2030, 1, 1))]),
                new("price", FilterOperator.GreaterThan, [Value.Of(-1.5m)]),
                new("id", FilterOperator.LessThan, [Value.Of(long.MaxValue)]),
            ],
        }),
        ("hostile", Of(table, [new() { Name = Hostile, Column = Hostile }], [Made("n", AggregateKind.Count, Hostile)]) with
        {
            Filters = [new(Hostile, FilterOperator.NotEqual, [Value.Of("'); DROP TABLE x; -- \\' \" 😀")])],
        }),
        ("query", new SourceSelection
        {
            Query = $"SELECT user_id, price -- all of them\nFROM {queryTable};\n",
            Keys = [Exact("user_id")],
            Columns = [Made("ltv", AggregateKind.Sum, "price")],
        }),
    ];

    private static IReadOnlyList<SourceFilter> Filters =>
    [
        new("category", FilterOperator.Equal, [Value.Of("it's")]),
        new("category", FilterOperator.NotEqual, [Value.Of("a\\b")]),
        new("price", FilterOperator.GreaterThan, [Value.Of(1)]),
        new("price", FilterOperator.AtLeast, [Value.Of(1.5)]),
        new("price", FilterOperator.LessThan, [Value.Of(2.5m)]),
        new("price", FilterOperator.AtMost, [Value.Of(100)]),
        new("category", FilterOperator.Contains, [Value.Of("100%_")]),
        new("category", FilterOperator.NotContains, [Value.Of("x")]),
        new("category", FilterOperator.Exists, []),
        new("state", FilterOperator.NotExists, []),
        new("category", FilterOperator.In, [Value.Of("a"), Value.Of("b")]),
        new("id", FilterOperator.NotIn, [Value.Of(1), Value.Of(2)]),
    ];

    private static SourceSelection Of(Identifier table, IReadOnlyList<SelectedColumn> keys, IReadOnlyList<SelectedColumn> columns) =>
        new() { Table = table, Keys = keys, Columns = columns };

    private static SelectedColumn Exact(string column) => new() { Name = column, Column = column };

    private static SelectedColumn Made(string name, AggregateKind kind, string column) =>
        new() { Name = name, Aggregate = kind, Column = column };

    private static SelectedColumn By(string name, AggregateKind kind, string column) => Made(name, kind, column) with { By = "created_at" };
}
