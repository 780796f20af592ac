using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>DuckDB over files: a table is a view that has the file's path as its name.</summary>
public sealed class CsvDialect : DuckDbDialect
{
    /// <summary>The one instance.</summary>
    public static new CsvDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "CSV";

    /// <inheritdoc/>
    public override string Quote(Identifier name)
    {
        foreach (var part in name.Parts)
            Common.Sql.Literals.Check(part, "a name");
        return base.Quote(name);
    }

    /// <summary>The columns that lists are made from, to learn their types.</summary>
    internal Sql Origins(SourceSelection selection, IEnumerable<SelectedColumn> lists) =>
        Sql.Of($"SELECT {Sql.Join(", ", lists.Select((list, i) => Named(Column(list.Column), $"c{i}")))} FROM {From(selection)}");

    /// <inheritdoc/>
    protected override Sql From(SourceSelection selection) => selection.Table is { } table
        ? Sql.Of($"{new Identifier(CsvFiles.Path(table))}")
        : base.From(selection);
}
