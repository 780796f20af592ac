using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Refreshing;

/// <summary>The columns that a source has now, and what a model wants of them; adds a problem for each that does not fit.</summary>
internal sealed class SourceColumns(Source source, IReadOnlyList<Column> columns, List<Problem> problems)
{
    private readonly HashSet<(string Column, string? Path)> _missing = [];

    /// <summary>The types of the primary key's columns.</summary>
    public IReadOnlyList<DataType> KeyTypes()
    {
        var types = new List<DataType>();
        foreach (var name in source.PrimaryKey)
        {
            if (Find(name, source.Position, "primary key") is not { } column)
                continue;
            var type = PropertyTypes.Infer(AggregateKind.Exact, column) ?? DataKind.String;
            if (type.IsArray || type.Kind == DataKind.Json)
                Add(SourceProblems.KeyType, $"The column `{name}` ({column.NativeType}) of {Shown} can't name a record.", help: null,
                    source.Position);
            types.Add(type);
        }

        return types;
    }

    /// <summary>A property's type: the declared one, or the column's; null when there is none.</summary>
    public DataType? TypeOf(Property property)
    {
        var selected = property.Column!; // a source's property has one
        var position = property.Position ?? source.Position;
        if (selected.By is { } by)
            Find(by, position, "order");
        if (Find(selected.Column, position, "column") is not { } column)
            return property.Type;
        var inferred = PropertyTypes.Infer(selected.Aggregate, column);
        var type = property.Type ?? inferred;
        if (type is null)
        {
            Add(
                SourceProblems.NoType,
                $"The {Word(selected.Aggregate)} of the column `{column.Name}` ({column.NativeType}) of {Shown} has no type of its own.",
                $"Say which one `{property.Id}` has, such as `type: decimal`, or aggregate a column of numbers.",
                position);
        }
        else if (!PropertyTypes.CanBecome(PropertyTypes.Travels(selected.Aggregate, column), type.Value))
        {
            Add(
                SourceProblems.NeverFits,
                $"The property `{property.Id}` is of type {type}, which no value of the column `{column.Name}` ({column.NativeType}) of "
                    + $"{Shown} can become.",
                inferred is { } good ? $"Say `type: {good}`, leave the type out, or take another column." : null,
                position);
        }

        return type;
    }

    /// <summary>The type that a join's column is read as: the one of the property that it equals.</summary>
    public DataType? JoinType(JoinColumn join, Dictionary<string, DataType> types)
    {
        if (Find(join.Column, source.Position, "join") is not { } column)
            return null;
        if (!types.TryGetValue(join.Property, out var type))
            return PropertyTypes.Infer(AggregateKind.Exact, column); // an expression whose type DuckDB will tell
        if (!PropertyTypes.CanBecome(column.Travels, type))
        {
            Add(
                SourceProblems.NeverFits,
                $"The column `{join.Column}` ({column.NativeType}) of {Shown} can never equal the property `{join.Property}`, which is of "
                    + $"type {type}.",
                "Join on columns of the same type.",
                source.Position);
        }

        // The column's own type, not the property's that it is read as: whether they differ decides whether keys may meet on the way.
        return PropertyTypes.Infer(AggregateKind.Exact, column);
    }

    /// <summary>Looks for the columns of the conditions.</summary>
    public void CheckFilters()
    {
        foreach (var filter in source.Where)
            Find(filter.Column, source.Position, "where");
    }

    private string Shown => source.Table is { } table ? $"`{table}`" : $"the query of `{source.Name}`";

    private Column? Find(string name, Position? position, string use)
    {
        var column = columns.FirstOrDefault(column => column.Name == name);
        if (column is not null || !_missing.Add((name, position?.Path)))
            return column;
        var near = Suggestion.OrAll(name, [.. columns.Select(known => known.Name)], "It has");
        Add(SourceProblems.UnknownColumn, $"{Capital(Shown)} has no column `{name}` ({use}).", near, position);
        return null;
    }

    private void Add(ProblemCode code, string message, string? help, Position? position) =>
        problems.Add(ModelResolver.Placed(code.Of(message, help ?? code.ToDo), position));

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Word(AggregateKind aggregate) => aggregate.ToString().ToLowerInvariant();
}
