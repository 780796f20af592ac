using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>One value taken from a source.</summary>
public sealed class ValueLine
{
    /// <summary>How rows become one value.</summary>
    public AggregateKind Aggregate { get; set; }

    /// <summary>The column.</summary>
    public required string Column { get; set; }

    /// <summary>The column that orders the rows; empty for none.</summary>
    public string By { get; set; } = "";

    /// <summary>The property's id; empty to take the proposed one.</summary>
    public string Id { get; set; } = "";

    /// <summary>The property as it is; null for a new one.</summary>
    public Property? Present { get; init; }

    /// <summary>The id, or the one proposed.</summary>
    public string Named => Id.Length > 0 ? Id : Ids.Of(ModelEdits.Proposed(Aggregate, Column));
}

/// <summary>One filter as filled in.</summary>
public sealed class FilterLine
{
    /// <summary>The column.</summary>
    public required string Column { get; set; }

    /// <summary>The comparison.</summary>
    public FilterOperator Operator { get; set; }

    /// <summary>The value, or several separated by commas.</summary>
    public string Text { get; set; } = "";

    /// <summary>The filter, its values read as the column's type.</summary>
    public SourceFilter Filter(DataType? type)
    {
        var texts = Operator is FilterOperator.Exists or FilterOperator.NotExists ? []
            : Operator is FilterOperator.In or FilterOperator.NotIn
                ? Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [Text.Trim()];
        return new(Column, Operator, [.. texts.Select(text => Read(text, type))]);
    }

    private static Value Read(string text, DataType? type) => type switch
    {
        { IsNumber: true } when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            Value.Of(whole),
        { IsNumber: true } when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            Value.Of(number),
        { Kind: DataKind.Boolean, IsArray: false } when bool.TryParse(text, out var flag) => Value.Of(flag),
        _ => Value.Of(text),
    };
}

/// <summary>A source as it is filled in.</summary>
public sealed class SourceForm
{
    /// <summary>The source as it was, or the bare new one.</summary>
    public required Source Source { get; init; }

    /// <summary>The columns there are.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Whether it is the model's first source.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>The source's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The join.</summary>
    public IList<JoinColumn> Join { get; } = [];

    /// <summary>Properties that the join needs and the model has not yet.</summary>
    public IList<Property> Needed { get; } = [];

    /// <summary>The values.</summary>
    public IList<ValueLine> Values { get; } = [];

    /// <summary>The filters.</summary>
    public IList<FilterLine> Filters { get; } = [];

    /// <summary>The model with this source.</summary>
    public Model Apply(Model model)
    {
        var source = Source with
        {
            Name = Name,
            Join = [.. Join],
            Where = [.. Filters.Select(line => line.Filter(Columns.FirstOrDefault(column => column.Name == line.Column)?.Type))],
        };
        var properties = Values.Select(line => (line.Present ?? new Property(line.Named)) with
        {
            Source = Name,
            Column = new SelectedColumn
            {
                Name = line.Named,
                Column = line.Column,
                Aggregate = line.Aggregate,
                By = line.By.Length > 0 ? line.By : null,
                Limit = line.Present?.Column?.Limit ?? 100,
                Descending = line.Present?.Column?.Descending ?? false,
            },
        });
        return ModelEdits.With(model, source, [.. properties], [.. Needed]);
    }

    /// <summary>Why it can't be saved yet; null when it can.</summary>
    public string? Missing(Model model, bool isNew)
    {
        var others = model.Properties.Where(property => property.Source != Name).Select(property => property.Id);
        var twice = others.Concat(Values.Select(line => line.Named)).GroupBy(id => id, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1)?.Key;
        return Ids.Of(Name) != Name || Name.Length == 0 ? "The name takes lower-case letters, digits and underscores."
            : isNew && model.Sources.Any(source => source.Name == Name) ? $"There is a source called {Name} already."
            : !IsPrimary && Join.Count == 0 ? "Say how its rows belong to the records."
            : Values.FirstOrDefault(line => ModelEdits.NeedsOrder(line.Aggregate) && line.By.Length == 0) is { } line
                ? $"Say by which column “{line.Named}” is the {(line.Aggregate == AggregateKind.Latest ? "latest" : "earliest")}."
            : twice is not null ? $"Two properties would be called {twice}."
            : null;
    }
}
