using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>A source → what to ask for, and the stage that takes it.</summary>
internal static class SourceCompiler
{
    public static CompiledSource Compile(ResolvedModel resolved, IReadOnlyDictionary<string, DataType> types, Source source)
    {
        var model = resolved.Model;
        var isPrimary = ReferenceEquals(source, model.Primary);
        var keyColumns = isPrimary ? source.PrimaryKey : [.. source.Join.Select(join => join.Column)];
        var keyTypes = isPrimary ? resolved.KeyTypes : [.. source.Join.Select(join => types[join.Property])];
        var keys = keyColumns
            .Select((column, index) => new SelectedColumn { Name = Layout.StageKey(index + 1).Name, Column = column })
            .ToList();
        var properties = model.Properties.Where(property => property.Source == source.Name).ToList();
        var selection = new SourceSelection
        {
            Table = source.Table is { } table ? Identifier.Parse(table) : null,
            Query = source.Query,
            Keys = keys,
            Columns = [.. properties.Select(property => property.Column! with { Name = property.Id })], // a source's property has one
            Filters = source.Where,
        };
        var columns = keys.Select((key, index) => new StageColumn(key.Name, keyTypes[index], Property: null))
            .Concat(properties.Select(property => new StageColumn(property.Id, types[property.Id], property.Id)));
        if (selection.RowCountName is { } rows)
            columns = columns.Append(new StageColumn(rows, DataKind.Integer, Property: null));
        return new CompiledSource(source, selection, [.. columns]);
    }
}
