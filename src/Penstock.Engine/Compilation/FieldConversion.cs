using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>How a property's value becomes a destination field's, in the workspace. Arrays and JSON become JSON text there.</summary>
public static class FieldConversion
{
    /// <summary>
    /// The type in which a property of <paramref name="property"/>'s type travels to a field of type <paramref name="field"/>.
    /// </summary>
    public static DataType Travels(DataType property, DataType field)
    {
        if (field.Kind == DataKind.Any || property == field || property.IsArray || field.IsArray || field.Kind == DataKind.Json)
            return property;
        if (field.IsText)
            return property.IsText ? property : DataKind.String;
        return (property.Kind, field.Kind) switch
        {
            (DataKind.Integer, DataKind.Float or DataKind.Decimal) => field,
            (DataKind.Decimal, DataKind.Float) => field,
            (DataKind.Date, DataKind.Timestamp) => field,
            (DataKind.Timestamp, DataKind.Date) => field,
            _ => property,
        };
    }

    /// <summary>
    /// The value of <paramref name="value"/>, of type <paramref name="from"/>, as it travels in type <paramref name="to"/>.
    /// </summary>
    public static Sql Convert(Sql value, DataType from, DataType to)
    {
        if (to.IsArray)
            return Sql.Of($"CAST(to_json({value}) AS VARCHAR)");
        if (to.Kind == DataKind.Json)
            return Sql.Of($"CAST({value} AS VARCHAR)");
        if (to.Kind == from.Kind && !from.IsArray)
            return value;
        return to.IsText ? AsText(value, from) : Sql.Of($"CAST({value} AS {Layout.Type(to)})");
    }

    /// <summary>How plan and delivered hold a value that travels in type <paramref name="type"/>.</summary>
    public static Sql Stored(DataType type) => type.IsArray || type.Kind == DataKind.Json ? Sql.Trusted("VARCHAR") : Layout.Type(type);

    /// <summary>A value as text, in one form on every machine: the same that a person would write into a configuration.</summary>
    public static Sql AsText(Sql value, DataType from) => from switch
    {
        { IsArray: true } => Sql.Of($"CAST(to_json({value}) AS VARCHAR)"),
        { Kind: DataKind.Timestamp } => Sql.Of(
            $"strftime({value}, '%Y-%m-%dT%H:%M:%S') || rtrim(rtrim(strftime({value}, '.%f'), '0'), '.') || 'Z'"),
        // Exact numbers carry nine digits after the point; nobody expects 10.500000000.
        { Kind: DataKind.Decimal } => Sql.Of($"rtrim(rtrim(CAST({value} AS VARCHAR), '0'), '.')"),
        { IsText: true } => value,
        _ => Sql.Of($"CAST({value} AS VARCHAR)"),
    };
}
