using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Which property types can become which destination field types. The one place.</summary>
public static class TypeConversions
{
    /// <summary>Whether values of type <paramref name="from"/> can be sent to a field of type <paramref name="to"/>.</summary>
    public static bool Fits(DataType from, DataType to) =>
        to.Kind == DataKind.Any || from.Kind == DataKind.Any
        || (from.IsArray == to.IsArray && Fits(from.Kind, to.Kind))
        || (from.IsArray && to == DataKind.Json);

    /// <summary>The kinds that a single value can become.</summary>
    public static IReadOnlyList<DataKind> For(DataKind from) =>
        [.. DataType.Words.Values.Where(to => Fits(from, to))];

    // A text can become anything that it spells; a row whose text does not is refused before it is sent.
    private static bool Fits(DataKind from, DataKind to) => from == to || from switch
    {
        DataKind.String => true,
        DataKind.Boolean => to is DataKind.String or DataKind.Integer or DataKind.Decimal or DataKind.Float,
        DataKind.Integer => to is DataKind.Decimal or DataKind.Float or DataKind.String,
        DataKind.Decimal or DataKind.Float => to is DataKind.Decimal or DataKind.Float or DataKind.String,
        DataKind.Date or DataKind.Timestamp => to is DataKind.Date or DataKind.Timestamp or DataKind.String,
        _ => to == DataKind.String,
    };
}
