using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>What brings an expression's value, of one of DuckDB's types, to its property's type: exactly, or to null.</summary>
internal sealed class ExpressionConversion(string native, DataType type)
{
    private static readonly Sql Value = Sql.Trusted("value");

    /// <summary>Whether values of the expression's own type can become values of the property's type at all.</summary>
    public bool IsPossible => (type.IsArray, native.EndsWith(']')) switch
    {
        (true, false) => native is "VARCHAR" or "JSON",
        (false, true) => type.Kind is DataKind.String or DataKind.Json,
        (true, true) => true,
        _ => type.Kind is not (DataKind.Date or DataKind.Timestamp)
            || native is "DATE" or "VARCHAR" or "JSON" || native.StartsWith("TIMESTAMP", StringComparison.Ordinal),
    };

    /// <summary>The expression's value in the property's type; null where it raises an error or does not convert.</summary>
    public Sql Convert(Sql expression)
    {
        var value = Sql.Of($"({expression})");
        if (type.IsArray)
            return Same ? Try(value) : Try(Sql.Of($"CAST({value} AS {Layout.Type(type)})"));
        return type.Kind switch
        {
            DataKind.Json when native == "VARCHAR" => Try(Sql.Of($"CAST({value} AS JSON)")),
            DataKind.Json when native != "JSON" => Try(Sql.Of($"CAST(to_json({value}) AS JSON)")),
            // A whole number with a fraction is none; casting would round it.
            DataKind.Integer when IsFractional => Try(native is "FLOAT" or "DOUBLE"
                ? Sql.Of($"CAST({value} AS DOUBLE)")
                : Sql.Of($"CAST({value} AS DECIMAL(38, 9))")),
            DataKind.Timestamp when native == "TIMESTAMP WITH TIME ZONE" => Try(Sql.Of($"CAST({value} AT TIME ZONE 'UTC' AS TIMESTAMP)")),
            _ => Same ? Try(value) : Try(Sql.Of($"CAST({value} AS {Layout.Type(type)})")),
        };
    }

    /// <summary>What makes a null of converted values that a property can't hold; null when all can.</summary>
    public Sql? Check(Sql converted)
    {
        if (type.IsArray)
            return type.Kind is DataKind.Float or DataKind.Date or DataKind.Timestamp
                ? Sql.Of($"CASE WHEN len(list_filter({converted}, lambda {Value}: NOT ({Holds(Value)}))) = 0 THEN {converted} END")
                : null;
        return type.Kind switch
        {
            DataKind.Integer when IsFractional =>
                Sql.Of($"CASE WHEN {converted} = trunc({converted}) THEN TRY_CAST({converted} AS BIGINT) END"),
            DataKind.Float or DataKind.Date or DataKind.Timestamp => Sql.Of($"CASE WHEN {Holds(converted)} THEN {converted} END"),
            _ => null,
        };
    }

    private bool Same => string.Equals(
        native.Replace(" ", "", StringComparison.Ordinal),
        Layout.Type(type).Render(DuckDbDialect.Instance).Text.Replace(" ", "", StringComparison.Ordinal),
        StringComparison.Ordinal);

    private bool IsFractional => native is "FLOAT" or "DOUBLE" or "VARCHAR" || native.StartsWith("DECIMAL", StringComparison.Ordinal);

    // DuckDB's dates reach further than ours, in both directions.
    private Sql Holds(Sql value) => type.Kind switch
    {
        DataKind.Float => Sql.Of($"isfinite({value})"),
        DataKind.Date => Sql.Of($"{value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"),
        _ => Sql.Of($"{value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999999'"),
    };

    /// <summary>
    /// The value, or null for the rows where it raises an error. DuckDB (1.5) lifts a part that occurs twice out of <c>TRY</c>, so that
    /// its error ends the statement; it lifts nothing out of the branch of a condition that it can't know beforehand.
    /// </summary>
    public static Sql Try(Sql value) => Sql.Of($"CASE WHEN random() >= 0 THEN TRY({value}) END");
}
