namespace Penstock.Contract;

/// <summary>How a column's values travel from a source into the stage.</summary>
public enum Transport
{
    /// <summary>By <see cref="IRowWriter.Write(bool)"/>.</summary>
    Boolean,

    /// <summary>By <see cref="IRowWriter.Write(long)"/>.</summary>
    Integer,

    /// <summary>By <see cref="IRowWriter.Write(decimal)"/>.</summary>
    Decimal,

    /// <summary>By <see cref="IRowWriter.Write(double)"/>; NaN and infinities may come, and become row problems.</summary>
    Float,

    /// <summary>By <see cref="IRowWriter.Write(DateOnly)"/>.</summary>
    Date,

    /// <summary>By <see cref="IRowWriter.Write(DateTime)"/>: an instant in UTC.</summary>
    Timestamp,

    /// <summary>
    /// By <see cref="IRowWriter.Write(DateTime)"/>: a time that names no zone; read in the source's zone, UTC by default.
    /// </summary>
    LocalTimestamp,

    /// <summary>By <see cref="IRowWriter.Write(string)"/>.</summary>
    Text,

    /// <summary>By <see cref="IRowWriter.Write(string)"/>: JSON text; arrays come so too.</summary>
    Json,
}

/// <summary>A column of a table or of a statement's result.</summary>
/// <param name="Name">Its name, exactly as in the source.</param>
/// <param name="Type">The property type proposed for it.</param>
/// <param name="Travels">How its values come.</param>
/// <param name="NativeType">The source's own name of the type, for people.</param>
public sealed record Column(string Name, DataType Type, Transport Travels, string NativeType)
{
    /// <summary>Whether it may hold null; true when unknown.</summary>
    public bool Nullable { get; init; } = true;
}

/// <summary>A table, view or file that can be a source.</summary>
/// <param name="Name">Schema and table; write <see cref="Written"/> in a configuration.</param>
public sealed record Table(Identifier Name)
{
    /// <summary>What to write in a configuration's <c>table:</c>.</summary>
    public required string Written { get; init; }

    /// <summary>table, view, file, …</summary>
    public string Kind { get; init; } = "table";

    /// <summary>About how many rows it has; null when the source can't tell cheaply.</summary>
    public long? RowEstimate { get; init; }

    /// <summary>The columns in order; empty in a listing of tables.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    /// <summary>The columns of the primary key; empty when there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; init; } = [];

    /// <summary>The foreign keys it declares; empty in a listing of tables, and where the source knows none.</summary>
    public IReadOnlyList<ForeignKey> ForeignKeys { get; init; } = [];
}

/// <summary>Columns of a table that name a row of another one.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Table">The other table: its <see cref="Contract.Table.Name"/>.</param>
/// <param name="References">Its columns, in the same order.</param>
public sealed record ForeignKey(IReadOnlyList<string> Columns, Identifier Table, IReadOnlyList<string> References);
