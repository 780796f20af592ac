using System.Text.Json.Serialization;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Models;

/// <summary>A new model as far as it is filled in.</summary>
public sealed class NewModelState
{
    private const int MostSampleLetters = 60;

    /// <summary>The app.</summary>
    public string? App { get; set; }

    /// <summary>The table; null while none is chosen, and for a query.</summary>
    public string? Table { get; set; }

    /// <summary>The query; null for a table.</summary>
    public string? Query { get; set; }

    /// <summary>The columns of the primary key.</summary>
    public IReadOnlyList<string> Key { get; set; } = [];

    /// <summary>The columns.</summary>
    public IReadOnlyList<ColumnChoice> Columns { get; set; } = [];

    /// <summary>The property that names records in lists; null for none.</summary>
    public string? Display { get; set; }

    /// <summary>What people call the model.</summary>
    public string Name { get; set; } = "";

    /// <summary>The model's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where the rows come from; null while that is not said.</summary>
    [JsonIgnore]
    public SourceOf? From => Query is { Length: > 0 } query ? SourceOf.OfQuery(query) : Table is { } table ? SourceOf.OfTable(table) : null;

    /// <summary>What its table is called; a query's is the model's id.</summary>
    [JsonIgnore]
    public string SourceName => Table is { } table ? FormIds.Of(Proposals.TableName(table), "source") : FormIds.Of(Id, "source");

    /// <summary>Takes the columns of another table or query; what was chosen for columns of the same name stays.</summary>
    public void Take(SourceSample sample)
    {
        var before = Columns.ToDictionary(column => column.Column, StringComparer.Ordinal);
        var table = Table ?? "record";
        Columns = [.. sample.Columns.Select((column, index) =>
        {
            var values = sample.Rows.Select(row => row[index]).Where(value => !value.IsNull).Select(value => value.ToString()).ToList();
            var type = Proposals.Type(column, values);
            var choice = before.GetValueOrDefault(column.Name) ?? new()
            {
                Column = column.Name,
                IsTicked = true,
                Id = Proposals.Id(column.Name, table),
                TypeWord = type == column.Type ? null : type.ToString(),
            };
            choice.Proposed = column.Type;
            var shown = string.Join(" · ", values.Distinct(StringComparer.Ordinal).Take(4));
            choice.Sample = shown.Length <= MostSampleLetters ? shown : shown[..MostSampleLetters] + "…";
            return choice;
        })];
        Key = [.. Key.Where(key => Columns.Any(column => column.Column == key))];
        Display ??= Proposals.Display(Ticked.Select(column => column.Id));
        if (Name.Length == 0)
            Name = Proposals.Name(table == "record" ? "records" : table);
    }

    /// <summary>The columns that become properties.</summary>
    [JsonIgnore]
    public IEnumerable<ColumnChoice> Ticked => Columns.Where(column => column.IsTicked);

    /// <summary>The model that this makes.</summary>
    public Model ToModel()
    {
        var source = new Source(SourceName, App ?? "") { Table = Query is null ? Table : null, Query = Query, PrimaryKey = [.. Key] };
        return new(Id.Trim())
        {
            Name = Name.Trim().Length == 0 ? Id.Trim() : Name.Trim(),
            Sources = [source],
            Properties = [.. Ticked.Select(column => new Property(column.Id)
            {
                Source = source.Name,
                Column = new() { Name = column.Id, Column = column.Column },
                Type = column.Type,
            })],
            Display = Ticked.Any(column => column.Id == Display) ? Display : null,
        };
    }

    /// <summary>Why the properties can't be taken as they are; null when they can.</summary>
    public string? WrongProperties()
    {
        var ids = Ticked.Select(column => column.Id).ToList();
        if (ids.Count == 0)
            return "Tick at least one column.";
        if (ids.Find(id => FormIds.Check(id) is not null) is { } wrong)
            return $"\u201C{wrong}\u201D can't be a property's name: begin with a letter and use only letters, digits and underscores.";
        return ids.GroupBy(id => id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"Two properties are called {twice.Key}; rename one of them."
            : null;
    }
}
