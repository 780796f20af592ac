using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>How the bytes of a value in the binary COPY format are read.</summary>
internal enum PostgresWire
{
    Boolean,
    Int16,
    Int32,
    Int64,
    Oid,
    Float32,
    Float64,
    Numeric,
    Date,
    Timestamp,
    Uuid,
    Utf8,
    Jsonb,
}

/// <summary>A column of a statement: what it is for us, how it is asked for, and how its bytes are read.</summary>
/// <param name="Column">The column as the engine sees it.</param>
/// <param name="Wire">How its bytes are read.</param>
/// <param name="Cast">What is put around the column in the statement, <c>{0}</c> for the column; null for nothing.</param>
internal sealed record PostgresColumn(Column Column, PostgresWire Wire, string? Cast = null)
{
    /// <summary>
    /// The column for a type of the server. Told by the function that writes its binary form, which is right for types of extensions
    /// too (citext sends text); whatever is not known is asked for as text.
    /// </summary>
    /// <param name="name">The column's name.</param>
    /// <param name="native">The type's name, for people.</param>
    /// <param name="send">The type's send function, without schema.</param>
    /// <param name="category">The type's category: A for arrays.</param>
    /// <param name="element">For arrays, the send function of the elements; else null.</param>
    public static PostgresColumn Of(string name, string native, string send, char category, string? element)
    {
        PostgresColumn Made(DataType type, Transport travels, PostgresWire wire, string? cast = null) =>
            new(new Column(name, type, travels, native), wire, cast);

        return send switch
        {
            "boolsend" => Made(DataKind.Boolean, Transport.Boolean, PostgresWire.Boolean),
            "int2send" => Made(DataKind.Integer, Transport.Integer, PostgresWire.Int16),
            "int4send" => Made(DataKind.Integer, Transport.Integer, PostgresWire.Int32),
            "int8send" => Made(DataKind.Integer, Transport.Integer, PostgresWire.Int64),
            "oidsend" => Made(DataKind.Integer, Transport.Integer, PostgresWire.Oid),
            "float4send" => Made(DataKind.Float, Transport.Float, PostgresWire.Float32),
            "float8send" => Made(DataKind.Float, Transport.Float, PostgresWire.Float64),
            "numeric_send" => Made(DataKind.Decimal, Transport.Decimal, PostgresWire.Numeric),
            // As text it would carry the server's currency sign and separators.
            "cash_send" => Made(DataKind.Decimal, Transport.Decimal, PostgresWire.Numeric, "{0}::numeric"),
            "date_send" => Made(DataKind.Date, Transport.Date, PostgresWire.Date),
            "timestamptz_send" => Made(DataKind.Timestamp, Transport.Timestamp, PostgresWire.Timestamp),
            "timestamp_send" => Made(DataKind.Timestamp, Transport.LocalTimestamp, PostgresWire.Timestamp),
            "uuid_send" => Made(DataKind.String, Transport.Text, PostgresWire.Uuid),
            "json_send" => Made(DataKind.Json, Transport.Json, PostgresWire.Utf8),
            "jsonb_send" => Made(DataKind.Json, Transport.Json, PostgresWire.Jsonb),
            // Its cast to text would add the length of the whole address.
            "inet_send" => Made(DataKind.String, Transport.Text, PostgresWire.Utf8, "abbrev({0})"),
            "textsend" or "varcharsend" or "namesend" or "citextsend" or "enum_send" or "unknownsend" =>
                Made(DataKind.String, Transport.Text, PostgresWire.Utf8),
            _ when category == 'A' =>
                Made(new DataType(ElementKind(element), IsArray: true), Transport.Json, PostgresWire.Utf8, "to_json({0})::text"),
            "record_send" => Made(DataKind.Json, Transport.Json, PostgresWire.Utf8, "to_json({0})::text"),
            // character(n) comes so without its padding; bytea as \x…, intervals, ranges, addresses and hstore as the server prints them.
            _ => Made(DataKind.String, Transport.Text, PostgresWire.Utf8, "{0}::text"),
        };
    }

    private static DataKind ElementKind(string? send) => send is null ? DataKind.String : Of("", "", send, ' ', null).Column.Type.Kind;
}
