using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>Which type a column or its aggregate has, and which types its values can become at all.</summary>
internal static class PropertyTypes
{
    /// <summary>The type of what is selected from <paramref name="column"/>; null when it has none of its own.</summary>
    public static DataType? Infer(AggregateKind aggregate, Column column)
    {
        var type = column.Type.Kind == DataKind.Any ? new DataType(DataKind.String, column.Type.IsArray) : column.Type;
        return aggregate switch
        {
            AggregateKind.Count or AggregateKind.CountDistinct => DataKind.Integer,
            AggregateKind.Sum => type.IsNumber ? type : null,
            AggregateKind.Average => !type.IsNumber ? null : type.Kind == DataKind.Float ? DataKind.Float : DataKind.Decimal,
            AggregateKind.List => new DataType(type.IsArray ? DataKind.Json : type.Kind, IsArray: true),
            _ => type,
        };
    }

    /// <summary>How what is selected from <paramref name="column"/> comes.</summary>
    public static Transport Travels(AggregateKind aggregate, Column column) => aggregate switch
    {
        AggregateKind.Count or AggregateKind.CountDistinct => Transport.Integer,
        AggregateKind.Sum or AggregateKind.Average => Transport.Decimal,
        AggregateKind.List => Transport.Json,
        _ => column.Travels,
    };

    /// <summary>
    /// Whether any value that comes so can become <paramref name="type"/>; where none can, every record would lose its value.
    /// </summary>
    public static bool CanBecome(Transport travels, DataType type)
    {
        if (travels is Transport.Text or Transport.Json)
            return true;
        if (type.IsArray)
            return false;
        var isTime = travels is Transport.Date or Transport.Timestamp or Transport.LocalTimestamp;
        return type.Kind switch
        {
            DataKind.Any or DataKind.String or DataKind.Json => true,
            DataKind.Date or DataKind.Timestamp => isTime,
            DataKind.Phone => travels is Transport.Integer or Transport.Decimal,
            DataKind.Email or DataKind.Url => false,
            _ => !isTime,
        };
    }
}
