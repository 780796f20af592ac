using System.Globalization;

namespace Penstock.Contract;

/// <summary>DuckDB: the workspace speaks it, and so do file sources that DuckDB reads.</summary>
public class DuckDbDialect : SqlDialect
{
    /// <summary>The one instance.</summary>
    public static DuckDbDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "DuckDB";

    /// <inheritdoc/>
    public override string Bind(Value value, IList<Value> parameters)
    {
        if (value.IsNull)
            return "NULL";
        parameters.Add(value);
        return "$" + parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected override Sql AnyValue(Sql column) => Sql.Of($"any_value({column})");

    /// <inheritdoc/>
    protected override Sql FirstBy(Sql column, Sql by, bool descending) => descending
        ? Sql.Of($"first({column} ORDER BY {by} DESC, {column} DESC NULLS LAST) FILTER (WHERE {by} IS NOT NULL)")
        : Sql.Of($"first({column} ORDER BY {by}, {column} DESC NULLS LAST) FILTER (WHERE {by} IS NOT NULL)");

    /// <inheritdoc/>
    protected override Sql List(SelectedColumn selected)
    {
        var column = Column(selected.Column);
        var direction = Sql.Trusted(selected.Descending ? "DESC" : "ASC");
        var order = selected.By is { } by
            ? Sql.Of($"{Column(by)} {direction} NULLS LAST, {column}")
            : Sql.Of($"{column} {direction}");
        return Sql.Of(
            $"to_json(list_slice(list({column} ORDER BY {order}) FILTER (WHERE {column} IS NOT NULL), 1, {(long)selected.Limit}))");
    }

    /// <inheritdoc/>
    protected override Sql Contains(Sql column, Value value) => Sql.Of($"contains(CAST({column} AS VARCHAR), {value})");
}
