using System.Globalization;
using Penstock.Contract;

namespace Penstock.Connectors.Sqlite;

/// <summary>
/// SQLite 3.44 and later (the one that comes along). What needs an order among the rows of a key is ranked by a window first: latest
/// values by the same column share one ranking.
/// </summary>
public sealed class SqliteDialect : SqlDialect
{
    /// <summary>The one instance.</summary>
    public static SqliteDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "SQLite";

    /// <inheritdoc/>
    public override string Quote(Identifier name)
    {
        foreach (var part in name.Parts)
            Common.Sql.Literals.Check(part, "a name");
        return base.Quote(name);
    }

    /// <inheritdoc/>
    public override string Bind(Value value, IList<Value> parameters)
    {
        if (value.IsNull)
            return "NULL";
        parameters.Add(value);
        return "?" + parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Times are text, Julian days or Unix seconds here; text is not even of one form. Compared with a time, all are brought to
    /// Julian days, which keeps milliseconds.
    /// </remarks>
    public override Sql Condition(SourceFilter filter)
    {
        if (filter.Values.Count == 0 || filter.Values.Any(value => value.Kind is not (ValueKind.Date or ValueKind.Timestamp)))
            return base.Condition(filter);
        var column = Sql.Of($"julianday({Column(filter.Column)}, 'auto')");
        var values = filter.Values.Select(value => Sql.Of($"julianday({value})")).ToList();
        var list = Sql.Join(", ", values);
        return filter.Operator switch
        {
            FilterOperator.Equal => Sql.Of($"{column} = {values[0]}"),
            FilterOperator.NotEqual => Sql.Of($"{column} <> {values[0]}"),
            FilterOperator.GreaterThan => Sql.Of($"{column} > {values[0]}"),
            FilterOperator.AtLeast => Sql.Of($"{column} >= {values[0]}"),
            FilterOperator.LessThan => Sql.Of($"{column} < {values[0]}"),
            FilterOperator.AtMost => Sql.Of($"{column} <= {values[0]}"),
            FilterOperator.In => Sql.Of($"{column} IN ({list})"),
            FilterOperator.NotIn => Sql.Of($"{column} NOT IN ({list})"),
            _ => base.Condition(filter),
        };
    }

    /// <inheritdoc/>
    public override Sql Select(SourceSelection selection)
    {
        var rankings = new Rankings(selection);
        if (rankings.IsEmpty)
            return base.Select(selection);
        var needed = selection.Keys.Concat(selection.Columns)
            .SelectMany(column => new[] { column.Column, column.By })
            .OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(Column);
        var keys = selection.Keys.Select(key => Column(key.Column)).ToList();
        var output = selection.Keys.Select(key => Named(Column(key.Column), key.Name))
            .Concat(selection.Columns.Select(
                column => Named(rankings.Find(column) is { } place ? Ranked(column, place) : Aggregate(column), column.Name)))
            .Concat(selection.RowCountName is { } name ? [Named(Sql.Of($"count(*)"), name)] : []);
        var statement = Sql.Of(
            $"""
            WITH ranked AS (
              SELECT {Sql.Join(",\n         ", [.. needed, .. rankings.All(keys)])}
              FROM {From(selection)}
              WHERE {Sql.Join("\n    AND ", Conditions(selection))}
            )
            SELECT {Sql.Join(",\n       ", output)}
            FROM ranked
            GROUP BY {Sql.Join(", ", keys)}
            """);
        return selection.Limit is { } limit ? Limit(statement, limit) : statement;
    }

    /// <summary>The columns that a selection draws from, each once and without rows, to learn their declared types.</summary>
    internal Sql Origins(SourceSelection selection, IReadOnlyList<string> columns) =>
        Sql.Of($"SELECT {Sql.Join(", ", columns.Select(Column))} FROM {From(selection)} LIMIT 0");

    /// <inheritdoc/>
    protected override Sql AnyValue(Sql column) => Sql.Of($"max({column})");

    /// <inheritdoc/>
    protected override Sql Contains(Sql column, Value value) => Sql.Of($"instr(CAST({column} AS TEXT), {Value.Of(value.ToString())}) > 0");

    /// <summary>Never asked for: <see cref="Select"/> ranks instead.</summary>
    protected override Sql FirstBy(Sql column, Sql by, bool descending) => throw new NotSupportedException();

    /// <summary>Never asked for: <see cref="Select"/> ranks instead.</summary>
    protected override Sql List(SelectedColumn selected) => throw new NotSupportedException();

    private static Sql Ranked(SelectedColumn selected, Sql place)
    {
        var column = Column(selected.Column);
        if (selected.Aggregate != AggregateKind.List)
            return Sql.Of($"max({column}) FILTER (WHERE {place} = 1 AND {Column(selected.By!)} IS NOT NULL)"); // validated: has a By
        var limit = Sql.Trusted(selected.Limit.ToString(CultureInfo.InvariantCulture));
        // Of nothing the function gives an empty array, where null is meant.
        return Sql.Of(
            $"CASE WHEN count({column}) > 0 THEN json_group_array({column} ORDER BY {place}) "
                + $"FILTER (WHERE {place} <= {limit} AND {column} IS NOT NULL) END");
    }

    /// <summary>The rankings a selection needs: one for each column and direction of latest and earliest, one for each list.</summary>
    private sealed class Rankings(SourceSelection selection)
    {
        private readonly List<(string? List, string? By, bool Descending)> _all = [.. selection.Columns
            .Where(column => column.Aggregate is AggregateKind.Earliest or AggregateKind.Latest or AggregateKind.List)
            .Select(Key)
            .Distinct()];

        public bool IsEmpty => _all.Count == 0;

        public Sql? Find(SelectedColumn column) => _all.IndexOf(Key(column)) is >= 0 and var index ? Place(index) : null;

        public IEnumerable<Sql> All(IEnumerable<Sql> keys)
        {
            var partition = Sql.Join(", ", keys);
            return _all.Select((ranking, index) => Sql.Of($"{Ranking(ranking, partition)} AS {Place(index)}"));
        }

        private static Sql Ranking((string? List, string? By, bool Descending) ranking, Sql partition)
        {
            var direction = Sql.Trusted(ranking.Descending ? " DESC" : "");
            // Rows of the same instant share rank 1; the largest of their values is taken.
            if (ranking.List is null)
                // latest has a By
                return Sql.Of($"rank() OVER (PARTITION BY {partition} ORDER BY {Column(ranking.By!)}{direction} NULLS LAST)");
            var column = Column(ranking.List);
            var order = ranking.By is { } by ? Sql.Of($"{Column(by)}{direction} NULLS LAST, {column}") : Sql.Of($"{column}{direction}");
            return Sql.Of($"row_number() OVER (PARTITION BY {partition} ORDER BY {column} IS NULL, {order})");
        }

        private static (string? List, string? By, bool Descending) Key(SelectedColumn column) => column.Aggregate switch
        {
            AggregateKind.List => (column.Column, column.By, column.Descending),
            AggregateKind.Latest => (null, column.By, true),
            AggregateKind.Earliest => (null, column.By, false),
            _ => default,
        };

        // A name that no column of a person is likely to have.
        private static Sql Place(int index) => Sql.Trusted("penstock_place_" + (index + 1).ToString(CultureInfo.InvariantCulture));
    }
}
