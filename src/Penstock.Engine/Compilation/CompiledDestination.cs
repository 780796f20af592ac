using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>A destination made ready for planning: what it wants, column by column.</summary>
public sealed record CompiledDestination
{
    /// <summary>What connectors are told of it.</summary>
    public required DestinationContext Context { get; init; }

    /// <summary>The columns of plan and delivered: one for each of the context's fields, then one for each of its groups.</summary>
    public required IReadOnlyList<PlanColumn> Columns { get; init; }

    /// <summary>How each of <see cref="Columns"/> is held.</summary>
    public required IReadOnlyList<Sql> Types { get; init; }

    /// <summary>
    /// The records that the destination wants: <c>key</c> (null for none), <c>record</c>, <c>identity</c>, and <see cref="Columns"/>. One
    /// row a record.
    /// </summary>
    public required Sql Desired { get; init; }

    /// <summary>Whether two records may have the same key there, or none: then the plan has to look.</summary>
    public required bool KeysMayRepeat { get; init; }

    /// <summary>Whether a changed key can be found and carried out as a rename.</summary>
    public required bool Renames { get; init; }

    /// <summary>For each of <see cref="Columns"/>, whether null leaves the far end as it is.</summary>
    public required IReadOnlyList<bool> KeepsNulls { get; init; }

    /// <summary>For each of <see cref="Columns"/>, whether leaving is not told to the far end.</summary>
    public required IReadOnlyList<bool> LeavesQuietly { get; init; }

    /// <summary>What removing means; null where nothing is ever removed.</summary>
    public required Removal? Removal { get; init; }

    /// <summary>
    /// The value of <paramref name="column"/> in the row called <paramref name="row"/>, as text for people: <c>in</c> for a group that
    /// the record is in, null when it is not.
    /// </summary>
    public Sql Text(Identifier row, PlanColumn column)
    {
        var value = PlanColumn.Of(row, column.Name);
        if (column.Place >= Context.Fields.Count)
            return Sql.Of($"CASE WHEN {value} THEN 'in' END");
        // Arrays and JSON documents are held as text.
        var isText = Context.Fields[column.Place].Type is { IsArray: true } or { Kind: DataKind.Json };
        return FieldConversion.AsText(value, isText ? DataKind.String : Context.Fields[column.Place].Type);
    }

    /// <summary>The columns of fields that a removal by clearing clears.</summary>
    public IEnumerable<PlanColumn> Cleared => Columns.Where((column, place) =>
        column.Kind == PlanColumnKind.Field && Context.Fields[place].IsCustom);
}
