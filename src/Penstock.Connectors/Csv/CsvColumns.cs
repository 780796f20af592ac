using System.Globalization;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Penstock.Connectors.Common.Sql;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>A column of a statement, how it is asked for, and how its values are read from DuckDB without boxing.</summary>
/// <param name="Column">The column as the engine sees it.</param>
/// <param name="Cast">What is put around the column in the statement, <c>{0}</c> for the column; null for nothing.</param>
internal sealed record CsvColumn(Column Column, string? Cast)
{
    /// <summary>The columns of a reader.</summary>
    public static IReadOnlyList<CsvColumn> Of(DuckDBDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => Of(reader.GetName(i), reader.GetDataTypeName(i)))];

    /// <summary>Writes the value in column <paramref name="index"/> of the row at hand.</summary>
    public void Write(DuckDBDataReader reader, int index, TimeZoneInfo zone, IRowWriter rows)
    {
        if (reader.IsDBNull(index))
        {
            rows.WriteNull();
            return;
        }

        switch (Column.Travels)
        {
            case Transport.Boolean: rows.Write(reader.GetBoolean(index)); break;
            case Transport.Integer: rows.Write(reader.GetInt64(index)); break;
            case Transport.Float: rows.Write(reader.GetDouble(index)); break;
            case Transport.Decimal: WriteDecimal(reader, index, rows); break;
            case Transport.Date: WriteDate(reader.GetFieldValue<DuckDBDateOnly>(index), rows); break;
            case Transport.Timestamp: WriteTime(reader, index, zone, rows); break;
            default: rows.Write(reader.GetString(index)); break;
        }
    }

    private static CsvColumn Of(string name, string native)
    {
        CsvColumn Made(DataType type, Transport travels, string? cast = null) =>
            new(new Column(name, type, travels, native.ToUpperInvariant()), cast);

        return native.ToUpperInvariant() switch
        {
            "BOOLEAN" => Made(DataKind.Boolean, Transport.Boolean),
            "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UNSIGNEDTINYINT" or "UNSIGNEDSMALLINT"
                or "UNSIGNEDINTEGER" =>
                Made(DataKind.Integer, Transport.Integer, "CAST({0} AS BIGINT)"),
            "BIGINT" => Made(DataKind.Integer, Transport.Integer),
            // The sum of whole numbers.
            "HUGEINT" => Made(DataKind.Integer, Transport.Decimal, "CAST({0} AS DECIMAL(38, 0))"),
            "FLOAT" => Made(DataKind.Float, Transport.Float, "CAST({0} AS DOUBLE)"),
            "DOUBLE" => Made(DataKind.Float, Transport.Float),
            "DECIMAL" => Made(DataKind.Decimal, Transport.Decimal),
            "DATE" => Made(DataKind.Date, Transport.Date),
            "TIMESTAMP" or "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => Made(DataKind.Timestamp, Transport.Timestamp),
            "TIMESTAMPS" or "TIMESTAMPMS" or "TIMESTAMPNS" => Made(DataKind.Timestamp, Transport.Timestamp, "CAST({0} AS TIMESTAMP)"),
            "VARCHAR" => Made(DataKind.String, Transport.Text),
            "JSON" => Made(DataKind.Json, Transport.Json, "CAST({0} AS VARCHAR)"),
            "LIST" or "ARRAY" => Made(new DataType(DataKind.String, IsArray: true), Transport.Json, "CAST(to_json({0}) AS VARCHAR)"),
            "STRUCT" or "MAP" => Made(DataKind.Json, Transport.Json, "CAST(to_json({0}) AS VARCHAR)"),
            _ => Made(DataKind.String, Transport.Text, "CAST({0} AS VARCHAR)"),
        };
    }

    private static void WriteDecimal(DuckDBDataReader reader, int index, IRowWriter rows)
    {
        try
        {
            rows.Write(reader.GetDecimal(index));
        }
        catch (OverflowException)
        {
            rows.WriteProblem("number too large", "");
        }
    }

    private static void WriteDate(DuckDBDateOnly date, IRowWriter rows)
    {
        if (date.IsInfinity)
            rows.WriteProblem("infinite date", date.IsPositiveInfinity ? "infinity" : "-infinity");
        else if (date.Year is < 1 or > 9999)
            rows.WriteProblem("year outside 1 to 9999", date.Year.ToString(CultureInfo.InvariantCulture));
        else
            rows.Write((DateOnly)date);
    }

    private void WriteTime(DuckDBDataReader reader, int index, TimeZoneInfo zone, IRowWriter rows)
    {
        var time = reader.GetFieldValue<DuckDBTimestamp>(index);
        if (time.IsInfinity)
            rows.WriteProblem("infinite time", time.IsPositiveInfinity ? "infinity" : "-infinity");
        else if (time.Date.Year is < 1 or > 9999)
            rows.WriteProblem("year outside 1 to 9999", time.Date.Year.ToString(CultureInfo.InvariantCulture));
        else if (Column.NativeType == "TIMESTAMP" || Column.NativeType.Length == "TIMESTAMPS".Length)
            rows.Write(TimeZones.ToUtc(zone, time.ToDateTime()));
        else
            rows.Write(DateTime.SpecifyKind(time.ToDateTime(), DateTimeKind.Utc));
    }
}
