using System.Globalization;
using Penstock.Connectors.Common.Sql;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>
/// PostgreSQL 12 and later. COPY takes no parameters, so values are written as literals; they are left without a type where that lets
/// the server take the column's (dates, uuids, enums, numbers given as text).
/// </summary>
public sealed class PostgresDialect : SqlDialect
{
    /// <summary>The one instance.</summary>
    public static PostgresDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "PostgreSQL";

    /// <inheritdoc/>
    public override string Quote(Identifier name)
    {
        foreach (var part in name.Parts)
            Literals.Check(part, "a name");
        return base.Quote(name);
    }

    /// <inheritdoc/>
    public override string Bind(Value value, IList<Value> parameters) => value.Kind switch
    {
        ValueKind.Null => "NULL",
        // Compares with date, timestamp and timestamptz alike; without the type a date column would cut the time of day off.
        ValueKind.Timestamp => $"TIMESTAMPTZ '{value}'",
        ValueKind.Integer when value.Integer is >= int.MinValue and <= int.MaxValue => $"'{value}'",
        // A larger one as text would be refused by a column that can't hold it, where the answer is plainly no.
        ValueKind.Integer => value.Integer == long.MinValue ? "(-9223372036854775807 - 1)"
            : Number(value.Integer.ToString(CultureInfo.InvariantCulture)),
        ValueKind.Decimal => Number(value.ToString()),
        ValueKind.Float => double.IsFinite(value.Float) ? Number(value.ToString()) : $"'{value}'::float8",
        _ => Text(value.ToString()),
    };

    /// <inheritdoc/>
    /// <remarks>any_value() came with PostgreSQL 16, min() doesn't take booleans, uuids or json.</remarks>
    protected override Sql AnyValue(Sql column) => Sql.Of($"(array_agg({column}))[1]");

    /// <inheritdoc/>
    /// <remarks>The fastest of six ways measured: docs/decisions/0003-latest-in-postgresql.md.</remarks>
    protected override Sql FirstBy(Sql column, Sql by, bool descending)
    {
        var direction = Sql.Trusted(descending ? " DESC" : "");
        return Sql.Of($"(array_agg({column} ORDER BY {by}{direction}, {column} DESC NULLS LAST) FILTER (WHERE {by} IS NOT NULL))[1]");
    }

    /// <inheritdoc/>
    protected override Sql List(SelectedColumn selected)
    {
        var column = Column(selected.Column);
        var direction = Sql.Trusted(selected.Descending ? " DESC" : "");
        var order = selected.By is { } by
            ? Sql.Of($"{Column(by)}{direction} NULLS LAST, {column}")
            : Sql.Of($"{column}{direction}");
        var limit = Sql.Trusted(selected.Limit.ToString(CultureInfo.InvariantCulture));
        return Sql.Of($"to_json((array_agg({column} ORDER BY {order}) FILTER (WHERE {column} IS NOT NULL))[1:{limit}])");
    }

    /// <inheritdoc/>
    /// <remarks>Not LIKE, whose wildcards would need escaping; the collation makes citext and case-insensitive columns exact too.</remarks>
    protected override Sql Contains(Sql column, Value value) =>
        Sql.Of($"strpos({column}::text COLLATE \"C\", {Value.Of(value.ToString())}) > 0");

    /// <inheritdoc/>
    public override Sql Limit(Sql statement, long rows) =>
        Sql.Of($"{statement}\nLIMIT {Sql.Trusted(rows.ToString(CultureInfo.InvariantCulture))}");

    private static string Number(string digits) => digits[0] == '-' ? $"({digits})" : digits;

    // Without a backslash a literal means the same under both settings of standard_conforming_strings.
    private static string Text(string text)
    {
        Literals.Check(text, "a value");
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return text.Contains('\\', StringComparison.Ordinal) ? $"E'{quoted.Replace("\\", "\\\\", StringComparison.Ordinal)}'"
            : $"'{quoted}'";
    }
}
