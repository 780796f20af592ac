namespace Penstock.Contract;

/// <summary>
/// How one database writes SQL. The compiler speaks through it; a dialect is a few small overrides, and may write a whole
/// <see cref="SourceSelection"/> its own way where that is faster.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>The database's name, for messages and golden files.</summary>
    public abstract string Name { get; }

    /// <summary>Quotes an identifier. Default: double quotes, doubled inside, parts joined by dots.</summary>
    public virtual string Quote(Identifier name) =>
        string.Join('.', name.Parts.Select(part => '"' + part.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'));

    /// <summary>Writes a value: adds it to <paramref name="parameters"/> and gives a placeholder, or gives a safe literal.</summary>
    public abstract string Bind(Value value, IList<Value> parameters);

    /// <summary>An aggregate over the rows of a key.</summary>
    public virtual Sql Aggregate(SelectedColumn selected)
    {
        var column = Column(selected.Column);
        return selected.Aggregate switch
        {
            AggregateKind.Exact => AnyValue(column),
            AggregateKind.Sum => Sql.Of($"sum({column})"),
            AggregateKind.Average => Sql.Of($"avg({column})"),
            AggregateKind.Count => Sql.Of($"count({column})"),
            AggregateKind.CountDistinct => Sql.Of($"count(DISTINCT {column})"),
            AggregateKind.Min => Sql.Of($"min({column})"),
            AggregateKind.Max => Sql.Of($"max({column})"),
            AggregateKind.Earliest => FirstBy(column, Column(selected.By!), descending: false), // validated: has a By
            AggregateKind.Latest => FirstBy(column, Column(selected.By!), descending: true), // validated: has a By
            _ => List(selected),
        };
    }

    /// <summary>One value of several equal ones.</summary>
    protected abstract Sql AnyValue(Sql column);

    /// <summary>
    /// The value in the row with the smallest or largest <paramref name="by"/>: see <see cref="AggregateKind.Earliest"/>.
    /// </summary>
    protected abstract Sql FirstBy(Sql column, Sql by, bool descending);

    /// <summary>The values as a JSON array: see <see cref="AggregateKind.List"/>.</summary>
    protected abstract Sql List(SelectedColumn selected);

    /// <summary>Whether the text of <paramref name="column"/> holds <paramref name="value"/>, in the same case.</summary>
    protected abstract Sql Contains(Sql column, Value value);

    /// <summary>A condition on a column.</summary>
    public virtual Sql Condition(SourceFilter filter)
    {
        var column = Column(filter.Column);
        var value = filter.Values.Count > 0 ? filter.Values[0] : Value.Null;
        var list = Sql.Join(", ", filter.Values.Select(item => Sql.Of($"{item}")));
        return filter.Operator switch
        {
            FilterOperator.Equal => Sql.Of($"{column} = {value}"),
            FilterOperator.NotEqual => Sql.Of($"{column} <> {value}"),
            FilterOperator.GreaterThan => Sql.Of($"{column} > {value}"),
            FilterOperator.AtLeast => Sql.Of($"{column} >= {value}"),
            FilterOperator.LessThan => Sql.Of($"{column} < {value}"),
            FilterOperator.AtMost => Sql.Of($"{column} <= {value}"),
            FilterOperator.Contains => Contains(column, value),
            FilterOperator.NotContains => Sql.Of($"NOT {Contains(column, value)}"),
            FilterOperator.Exists => Sql.Of($"{column} IS NOT NULL"),
            FilterOperator.NotExists => Sql.Of($"{column} IS NULL"),
            FilterOperator.In => Sql.Of($"{column} IN ({list})"),
            _ => Sql.Of($"{column} NOT IN ({list})"),
        };
    }

    /// <summary>The whole statement: one row per row (no aggregates), or one row per key.</summary>
    public virtual Sql Select(SourceSelection selection)
    {
        var keys = selection.Keys.Select(key => Named(Column(key.Column), key.Name));
        var columns = selection.Columns.Select(column =>
            Named(selection.IsAggregated ? Aggregate(column) : Column(column.Column), column.Name));
        var rows = selection.RowCountName is { } name ? [Named(Sql.Of($"count(*)"), name)] : Enumerable.Empty<Sql>();
        var statement = Sql.Of($"SELECT {Sql.Join(",\n       ", [.. keys, .. columns, .. rows])}\nFROM {From(selection)}");
        var conditions = Conditions(selection);
        if (conditions.Count > 0)
            statement = Sql.Of($"{statement}\nWHERE {Sql.Join("\n  AND ", conditions)}");
        if (selection.IsAggregated)
            statement = Sql.Of($"{statement}\nGROUP BY {Sql.Join(", ", selection.Keys.Select(key => Column(key.Column)))}");
        return selection.Limit is { } limit ? Limit(statement, limit) : statement;
    }

    /// <summary>A statement cut to <paramref name="rows"/> rows.</summary>
    public virtual Sql Limit(Sql statement, long rows) => Sql.Of($"{statement}\nLIMIT {rows}");

    /// <summary>The conditions of a selection; a secondary source's rows without a key belong to no record and are left out.</summary>
    protected IReadOnlyList<Sql> Conditions(SourceSelection selection)
    {
        var conditions = selection.Filters.Select(Condition).ToList();
        if (selection.IsAggregated)
            conditions.AddRange(selection.Keys.Select(key => Sql.Of($"{Column(key.Column)} IS NOT NULL")));
        return conditions;
    }

    /// <summary>What the rows come from: the table, or the person's query under the name <c>source</c>.</summary>
    protected virtual Sql From(SourceSelection selection) => selection.Table is { } table
        ? Sql.Of($"{table}")
        : Sql.Of($"(\n{Sql.Trusted(selection.Query!.Trim().TrimEnd(';'))}\n) AS {new Identifier("source")}"); // has one or the other

    /// <summary>A column's quoted name.</summary>
    protected static Sql Column(string name) => Sql.Of($"{new Identifier(name)}");

    /// <summary>An expression under a name.</summary>
    protected static Sql Named(Sql sql, string name) => Sql.Of($"{sql} AS {new Identifier(name)}");
}
