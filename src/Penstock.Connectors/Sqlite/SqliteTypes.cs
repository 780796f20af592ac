using Penstock.Contract;

namespace Penstock.Connectors.Sqlite;

/// <summary>
/// Columns for SQLite's declared types. A declaration there is a wish: any value may stand in any column, so each value is looked at
/// when it comes (<see cref="SqliteValues"/>).
/// </summary>
internal static class SqliteTypes
{
    // By what the declared type contains, in this order; INT, CHAR, REAL … as in sqlite.org/datatype3.html section 3.1.
    private static readonly (string Word, DataKind Kind, Transport Travels)[] Words =
    [
        ("BOOL", DataKind.Boolean, Transport.Boolean),
        ("DATETIME", DataKind.Timestamp, Transport.Timestamp),
        ("TIMESTAMP", DataKind.Timestamp, Transport.Timestamp),
        ("DATE", DataKind.Date, Transport.Date),
        ("JSON", DataKind.Json, Transport.Json),
        ("INT", DataKind.Integer, Transport.Integer),
        ("CHAR", DataKind.String, Transport.Text),
        ("CLOB", DataKind.String, Transport.Text),
        ("TEXT", DataKind.String, Transport.Text),
        ("REAL", DataKind.Float, Transport.Float),
        ("FLOA", DataKind.Float, Transport.Float),
        ("DOUB", DataKind.Float, Transport.Float),
        ("DEC", DataKind.Decimal, Transport.Decimal),
        ("NUM", DataKind.Decimal, Transport.Decimal),
        ("MONEY", DataKind.Decimal, Transport.Decimal),
    ];

    /// <summary>The column for a declared type; text for none and for unknown ones.</summary>
    public static Column Of(string name, string? declared)
    {
        foreach (var (word, kind, travels) in Words)
        {
            if (declared?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
                return new Column(name, kind, travels, declared);
        }

        return new Column(name, DataKind.String, Transport.Text, declared ?? "");
    }

    /// <summary>The column that an aggregate gives, from the one it is taken over.</summary>
    public static Column Of(SelectedColumn selected, Column origin) => selected.Aggregate switch
    {
        AggregateKind.Count or AggregateKind.CountDistinct => new(selected.Name, DataKind.Integer, Transport.Integer, "INTEGER"),
        AggregateKind.List => new(selected.Name, new DataType(origin.Type.Kind, IsArray: true), Transport.Json, origin.NativeType),
        AggregateKind.Sum when origin.Travels is Transport.Integer or Transport.Decimal => origin with { Name = selected.Name },
        AggregateKind.Average when origin.Travels is Transport.Decimal => origin with { Name = selected.Name },
        AggregateKind.Sum or AggregateKind.Average => new(selected.Name, DataKind.Float, Transport.Float, "REAL"),
        _ => origin with { Name = selected.Name },
    };
}
