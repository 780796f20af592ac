using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>One equality of a join, as it is filled in.</summary>
public sealed class JoinRow
{
    /// <summary>The source's column.</summary>
    public string Column { get; set; } = "";

    /// <summary>The property of the model.</summary>
    public string Property { get; set; } = "";
}

/// <summary>A condition, as it is filled in.</summary>
public sealed class FilterRow
{
    /// <summary>The column.</summary>
    public string Column { get; set; } = "";

    /// <summary>The comparison.</summary>
    public FilterOperator Operator { get; set; }

    /// <summary>The value, or several parted by commas.</summary>
    public string Value { get; set; } = "";
}

/// <summary>A property of a source, as it is filled in.</summary>
public sealed class PropertyRow
{
    /// <summary>The id it has in the draft; null for a new one.</summary>
    public string? Was { get; init; }

    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>How the rows become one value.</summary>
    public AggregateKind Way { get; set; }

    /// <summary>The column.</summary>
    public string Column { get; set; } = "";

    /// <summary>The column that orders the rows.</summary>
    public string? By { get; set; }

    /// <summary>The most elements of a list.</summary>
    public int Limit { get; set; } = 100;

    /// <summary>Whether a list starts at the largest.</summary>
    public bool Descending { get; set; }

    /// <summary>The word of its type; null for what it comes as.</summary>
    public string? TypeWord { get; set; }
}

/// <summary>A source of a model as somebody fills it in, and the model that comes of it.</summary>
public sealed class SourceForm
{
    /// <summary>The name it has in the draft; null for a new one.</summary>
    public string? Was { get; init; }

    /// <summary>Its name in the model.</summary>
    public string Name { get; set; } = "";

    /// <summary>The app.</summary>
    public string? App { get; set; }

    /// <summary>The table; null for a query.</summary>
    public string? Table { get; set; }

    /// <summary>The query; null for a table.</summary>
    public string? Query { get; set; }

    /// <summary>Its join; empty for the primary source.</summary>
    public IList<JoinRow> Join { get; init; } = [];

    /// <summary>Its conditions.</summary>
    public IList<FilterRow> Where { get; init; } = [];

    /// <summary>Its properties.</summary>
    public IList<PropertyRow> Properties { get; init; } = [];

    /// <summary>Columns of the primary source that the join needs as properties, by the property's id.</summary>
    public IDictionary<string, string> Missing { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The form for a source of the draft.</summary>
    public static SourceForm Of(Model model, Source source) => new()
    {
        Was = source.Name,
        Name = source.Name,
        App = source.AppId,
        Table = source.Table,
        Query = source.Query,
        Join = [.. source.Join.Select(join => new JoinRow { Column = join.Column, Property = join.Property })],
        Where = [.. source.Where.Select(filter => new FilterRow
        {
            Column = filter.Column,
            Operator = filter.Operator,
            Value = string.Join(", ", filter.Values.Select(value => value.ToString())),
        })],
        Properties = [.. model.Properties.Where(property => property.Source == source.Name && property.Column is not null).Select(Row)],
    };

    /// <summary>Takes a proposed join.</summary>
    public void Take(JoinProposal proposal)
    {
        Join.Clear();
        Missing.Clear();
        foreach (var join in proposal.Join)
            Join.Add(new() { Column = join.Column, Property = join.Property });
        foreach (var (property, column) in proposal.Missing)
            Missing[property] = column;
    }

    /// <summary>The model with this source in it, its properties where they belong.</summary>
    /// <param name="model">The model as it is in the draft.</param>
    /// <param name="columns">The source's columns, by whose types values are read.</param>
    public Model Apply(Model model, IReadOnlyList<Column> columns)
    {
        var before = model.Sources.FirstOrDefault(source => source.Name == Was);
        var source = (before ?? new Source(Name, App ?? "")) with
        {
            Name = Name,
            AppId = App ?? "",
            Table = Query is null ? Table : null,
            Query = Query,
            Join = [.. Join.Where(join => join.Column.Length > 0 && join.Property.Length > 0)
                .Select(join => new JoinColumn(join.Column, join.Property))],
            Where = [.. Where.Where(IsWhole).Select(filter => Filter(filter, columns))],
        };
        var primary = model.Primary.Name;
        var needed = Missing.Where(pair => Join.Any(join => join.Property == pair.Key) && model.Find(pair.Key) is null)
            .Select(pair => new Property(pair.Key) { Source = primary, Column = new() { Name = pair.Key, Column = pair.Value } });
        var mine = Properties.Select(row => Property(row, model)).ToList();
        List<Source> sources = before is null ? [.. model.Sources, source]
            : [.. model.Sources.Select(other => other.Name == Was ? source : other)];
        var kept = model.Properties.Where(property => property.Source != Was || Was is null).Concat(needed).ToList();
        return model with
        {
            Sources = sources,
            Properties =
            [
                .. sources.SelectMany(each => each.Name == Name ? mine : kept.Where(property => property.Source == each.Name)),
                .. kept.Where(property => property.Source is null),
            ],
        };
    }

    /// <summary>What keeps it from being saved, in words; null when nothing does.</summary>
    public string? Wrong(Model model)
    {
        var isPrimary = Was is not null && Was == model.Primary.Name;
        if (App is null || (Table is null && Query is null))
            return "Choose a table first.";
        if (FormIds.Check(Name) is not null || model.Sources.Any(source => source.Name != Was && Same(source.Name, Name)))
            return "Give the source a name of its own: letters, digits and underscores.";
        if (!isPrimary && (Join.Count == 0 || Join.Any(join => join.Column.Length == 0 || join.Property.Length == 0)))
            return "Say how its rows belong to the records: which column equals which property.";
        if (Properties.Count == 0)
            return "Add at least one property.";
        if (Where.Any(filter => !IsWhole(filter)))
            return "A condition is not finished.";
        return Properties.Select(row => Wrong(row, model)).FirstOrDefault(wrong => wrong is not null);
    }

    /// <summary>What is wrong with a property; null when nothing is.</summary>
    public string? Wrong(PropertyRow row, Model model)
    {
        if (FormIds.Check(row.Id) is { } wrong)
            return $"\u201C{row.Id}\u201D can't be a property's name. {wrong}";
        var others = model.Properties.Where(property => property.Source != Was || Was is null).Select(property => property.Id)
            .Concat(Properties.Where(other => other != row).Select(other => other.Id));
        if (others.Any(other => Same(other, row.Id)))
            return $"There is another property called {row.Id}.";
        return row.Column.Length == 0 ? $"Choose a column for {row.Id}."
            : AggregateWords.NeedsOrder(row.Way) && string.IsNullOrEmpty(row.By)
                ? $"Say by which column {row.Id} is the {AggregateWords.Of(row.Way)}."
            : null;
    }

    /// <summary>Whether all that a condition needs is there.</summary>
    public static bool IsWhole(FilterRow filter) => filter.Column.Length > 0
        && (filter.Operator is FilterOperator.Exists or FilterOperator.NotExists || filter.Value.Trim().Length > 0);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static PropertyRow Row(Property property)
    {
        var column = property.Column!; // only those of a source
        return new()
        {
            Was = property.Id,
            Id = property.Id,
            Way = column.Aggregate,
            Column = column.Column,
            By = column.By,
            Limit = column.Limit,
            Descending = column.Descending,
            TypeWord = property.Type?.ToString(),
        };
    }

    private Property Property(PropertyRow row, Model model)
    {
        var before = row.Was is null ? null : model.Find(row.Was);
        var hasOrder = AggregateWords.NeedsOrder(row.Way) || row.Way == AggregateKind.List;
        return new Property(row.Id)
        {
            Source = Name,
            Position = before?.Position,
            Type = row.TypeWord is null ? null : DataType.Parse(row.TypeWord),
            Column = new()
            {
                Name = row.Id,
                Column = row.Column,
                Aggregate = row.Way,
                By = hasOrder && !string.IsNullOrEmpty(row.By) ? row.By : null,
                Limit = row.Way == AggregateKind.List ? row.Limit : 100,
                Descending = row.Way == AggregateKind.List && row.Descending,
            },
        };
    }

    private static SourceFilter Filter(FilterRow filter, IReadOnlyList<Column> columns)
    {
        var type = columns.FirstOrDefault(column => column.Name == filter.Column)?.Type ?? DataKind.String;
        IReadOnlyList<Value> values = filter.Operator switch
        {
            FilterOperator.Exists or FilterOperator.NotExists => [],
            FilterOperator.In or FilterOperator.NotIn => [.. filter.Value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Read(text, type))],
            _ => [Read(filter.Value.Trim(), type)],
        };
        return new(filter.Column, filter.Operator, values);
    }

    // As it would be read from a file: numbers of number columns, true and false of those, everything else as text.
    private static Value Read(string text, DataType type)
    {
        if (type.IsNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return Value.Of(whole);
        const NumberStyles Written = NumberStyles.Number & ~NumberStyles.AllowThousands;
        if (type.IsNumber && decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out var number))
            return Value.Of(number);
        return type.Kind == DataKind.Boolean && bool.TryParse(text, out var flag) ? Value.Of(flag) : Value.Of(text);
    }
}
