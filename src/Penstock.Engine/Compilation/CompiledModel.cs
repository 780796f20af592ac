using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>A model as SQL: what to ask its sources for, and what makes records and groups of their answers.</summary>
public sealed record CompiledModel
{
    /// <summary>The model.</summary>
    public required Model Model { get; init; }

    /// <summary>Every property's type by its id, the inferred ones of expressions included.</summary>
    public required IReadOnlyDictionary<string, DataType> Types { get; init; }

    /// <summary>The sources, the primary one first.</summary>
    public required IReadOnlyList<CompiledSource> Sources { get; init; }

    /// <summary>One row over the records: how many there are, then how many each group has, in the model's order.</summary>
    public required Sql Summary { get; init; }

    /// <summary>What can be wrong with rows of the stages, to be counted before building.</summary>
    public required IReadOnlyList<RowCheck> StageChecks { get; init; }

    /// <summary>What can be wrong with values of the records, to be counted after building.</summary>
    public required IReadOnlyList<RowCheck> RecordChecks { get; init; }

    /// <summary>The moment from which relative dates were counted, in UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The project's time zone, in which days begin.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    internal ModelExpressions Expressions { get; init; } = ModelExpressions.None;

    internal RuleCompiler Rules => new(Types, new LocalCalendar(TimeZone, AsOf));

    /// <summary>
    /// The one statement that makes <see cref="Layout.Records"/> from the stages: <see cref="Layout.Key"/>, the properties in the
    /// model's order, then <see cref="Layout.Group"/> of each group in the model's order, never null.
    /// </summary>
    /// <param name="repeated">
    /// The sources of which some key has several rows in the stage, as the checks that <see cref="RowCheck.RepeatsKeys"/> found.
    /// </param>
    public Sql Build(params IReadOnlyCollection<string> repeated) => new RecordStatement(this, repeated).Write();
}

/// <summary>A source as SQL.</summary>
/// <param name="Source">The source.</param>
/// <param name="Selection">What to ask for; the connector's dialect writes it.</param>
/// <param name="Columns">The stage's columns in order: keys, properties, <see cref="Layout.Rows"/> where the selection counts them.</param>
public sealed record CompiledSource(Source Source, SourceSelection Selection, IReadOnlyList<StageColumn> Columns)
{
    /// <summary>The stage's table.</summary>
    public Identifier Stage => Layout.Stage(Source.Name);

    /// <summary>How many of the first columns are keys.</summary>
    public int KeyCount => Selection.Keys.Count;

    internal IEnumerable<StageColumn> Keys => Columns.Take(KeyCount);

    internal IEnumerable<StageColumn> Properties => Columns.Where(column => column.Property is not null);
}

/// <summary>A column of a stage.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Its type; <see cref="Layout.Type"/> says how DuckDB holds it.</param>
/// <param name="Property">The property it is the value of; null for keys and the row count.</param>
public sealed record StageColumn(string Name, DataType Type, string? Property)
{
    internal Identifier Identifier => new(Name);
}

/// <summary>Something that can be wrong with rows, as queries that count and show it.</summary>
/// <param name="Source">The source's name, or the model's id.</param>
/// <param name="Property">The property whose value became null; null when rows as a whole are meant.</param>
/// <param name="Reason">What is wrong, as a short phrase.</param>
/// <param name="Count">A query that gives one number, never null.</param>
/// <param name="Samples">A query for at most ten of them: key and value, both text.</param>
public sealed record RowCheck(string Source, string? Property, string Reason, Sql Count, Sql Samples)
{
    /// <summary>Whether it finds keys of the source's stage that have several rows.</summary>
    public bool RepeatsKeys { get; init; }
}
