using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>The type of an expression.</summary>
/// <param name="Type">Its type; null when there is a problem.</param>
/// <param name="Problem">Why it has none.</param>
public sealed record ExpressionType(DataType? Type, Problem? Problem)
{
    /// <summary>DuckDB's own name of the type, such as <c>DECIMAL(18,3)</c>.</summary>
    internal string Native { get; init; } = "";
}

/// <summary>Finds the type of expressions by asking DuckDB, without running them.</summary>
public static class ExpressionTypes
{
    /// <summary>Checks and types an expression.</summary>
    /// <param name="expression">The expression as written.</param>
    /// <param name="types">The types of the properties it may refer to.</param>
    /// <param name="declared">The type it shall have; null to take its own.</param>
    public static ExpressionType Infer(string expression, IReadOnlyDictionary<string, DataType> types, DataType? declared = null)
    {
        if (ExpressionChecker.Check(expression, [.. types.Keys]) is { } problem)
            return new ExpressionType(null, problem);
        if (declared is { Kind: DataKind.Email or DataKind.Url or DataKind.Phone or DataKind.Any })
            return new ExpressionType(null, new Problem(
                "expression.type",
                $"An expression can't be of type {declared}: e-mail addresses, web addresses and phone numbers are checked where a "
                + "source's values come in.",
                "Declare it as string, or give the type to the property that the expression uses."));
        try
        {
            var native = Describe(Sql.Of($"({Sql.Trusted(expression)})"), types);
            if ((declared ?? TypeOf(native)) is not { } type)
                return new ExpressionType(null, new Problem(
                    "expression.type",
                    $"The expression gives a {native}, which is no type of a property.",
                    "Cast it, such as  CAST(… AS VARCHAR)."));
            var conversion = new ExpressionConversion(native, type);
            if (!conversion.IsPossible)
                return new ExpressionType(null, new Problem(
                    "expression.type",
                    $"The expression gives a {native}, which can't become a {type}.",
                    $"Declare it as {TypeOf(native)}, or cast it."));
            var converted = conversion.Convert(Sql.Trusted(expression));
            Describe(conversion.Check(converted) ?? converted, types);
            return new ExpressionType(type, null) { Native = native };
        }
        catch (DuckDBException exception)
        {
            return new ExpressionType(null, new Problem(
                "expression.invalid", $"The expression can't be used: {ExpressionDatabase.Said(exception)}"));
        }
    }

    /// <summary>The property type for a type of DuckDB; null when there is none.</summary>
    internal static DataType? TypeOf(string native)
    {
        if (native.EndsWith(']'))
        {
            var element = TypeOf(native[..native.LastIndexOf('[')]);
            return element is null ? null : element is { IsArray: false } single ? new DataType(single.Kind, IsArray: true) : DataKind.Json;
        }

        return native.Split('(')[0] switch
        {
            "BOOLEAN" => DataKind.Boolean,
            "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" => DataKind.Integer,
            "HUGEINT" or "UHUGEINT" or "DECIMAL" => DataKind.Decimal,
            "FLOAT" or "DOUBLE" => DataKind.Float,
            "DATE" => DataKind.Date,
            "JSON" or "STRUCT" or "MAP" => DataKind.Json,
            "VARCHAR" or "UUID" or "TIME" or "INTERVAL" => DataKind.String,
            _ => native.StartsWith("TIMESTAMP", StringComparison.Ordinal) ? DataKind.Timestamp : null,
        };
    }

    private static string Describe(Sql expression, IReadOnlyDictionary<string, DataType> types)
    {
        var columns = types.Select(pair => Sql.Of($"CAST(NULL AS {Layout.Type(pair.Value)}) AS {Layout.Property(pair.Key)}")).ToList();
        if (columns.Count == 0)
            columns.Add(Sql.Of($"NULL AS {Layout.Key}"));
        var statement = Sql.Of($"DESCRIBE SELECT {expression} AS value FROM (SELECT {Sql.Join(", ", columns)})");
        return ExpressionDatabase.Ask(statement.Render(DuckDbDialect.Instance).Text)[0][1];
    }
}
