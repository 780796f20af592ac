using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Forms;
using ConfiguredApp = Penstock.Engine.Configuration.App;

namespace Penstock.Server.Components.Pages.Models;

/// <summary>A column and the property that it would become.</summary>
/// <param name="column">The column.</param>
/// <param name="id">The property proposed.</param>
public sealed class PickedColumn(Column column, string id)
{
    /// <summary>The column.</summary>
    public Column Column => column;

    /// <summary>Whether it becomes a property.</summary>
    public bool IsPicked { get; set; } = true;

    /// <summary>The property's id.</summary>
    public string Id { get; set; } = id;

    /// <summary>The property's type.</summary>
    public DataType Type { get; set; } = column.Type;
}

/// <summary>A model as it is put together from a table or query.</summary>
public sealed class NewModel
{
    private readonly ConfiguredApp _app;
    private readonly SourceOf _from;

    /// <summary>Proposes all that can be proposed.</summary>
    public NewModel(Project project, ConfiguredApp app, SourceOf from, SourceSample sample, IReadOnlyList<KeyProposal> keys)
    {
        (_app, _from, Sample, Keys) = (app, from, sample, keys);
        var taken = new List<string>();
        foreach (var column in sample.Columns)
        {
            var id = Ids.New(Ids.Of(column.Name) is { Length: > 0 } made ? made : "column", taken);
            taken.Add(id);
            Columns.Add(new(column, id));
        }

        Key = keys.Count > 0 ? [.. keys[0].Columns] : [.. sample.Columns.Take(1).Select(column => column.Name)];
        Name = from.Table is { } table ? Title(table.Split('.')[^1].Trim('"')) : "Records";
        Id = Ids.New(Ids.Of(Name) is { Length: > 0 } plain ? plain : "records", project.Models.Select(model => model.Id));
        Display = Columns.FirstOrDefault(column =>
                column.Type.Kind == DataKind.Email || column.Id.Contains("email", StringComparison.Ordinal))?.Id
            ?? Columns.FirstOrDefault(column => column.Id.Contains("name", StringComparison.Ordinal))?.Id ?? "";
    }

    /// <summary>The app.</summary>
    public ConfiguredApp App => _app;

    /// <summary>The table or query.</summary>
    public SourceOf From => _from;

    /// <summary>Rows to look at.</summary>
    public SourceSample Sample { get; }

    /// <summary>The keys proposed, the best first.</summary>
    public IReadOnlyList<KeyProposal> Keys { get; }

    /// <summary>The columns.</summary>
    public IList<PickedColumn> Columns { get; } = [];

    /// <summary>The columns of the primary key.</summary>
    public IReadOnlyList<string> Key { get; set; }

    /// <summary>What people read.</summary>
    public string Name { get; set; }

    /// <summary>The id.</summary>
    public string Id { get; set; }

    /// <summary>The property that names records; empty for none.</summary>
    public string Display { get; set; }

    /// <summary>The columns that become properties.</summary>
    public IEnumerable<PickedColumn> Picked => Columns.Where(column => column.IsPicked);

    /// <summary>Why it can't be made yet; null when it can.</summary>
    /// <param name="project">The draft's project.</param>
    public string? Missing(Project project)
    {
        var twice = Picked.GroupBy(column => column.Id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        return Key.Count == 0 ? "Choose the column that names each record."
            : Ids.Of(Id) != Id || Id.Length == 0 ? "The id takes lower-case letters, digits and underscores."
            : project.Models.Any(model => model.Id == Id) ? $"There is a model with the id {Id} already."
            : !Picked.Any() ? "Tick at least one column."
            : twice is not null ? $"Two properties are called {twice}."
            : null;
    }

    /// <summary>The model.</summary>
    public Model Build()
    {
        var source = new Source(Ids.Of(_from.Table?.Split('.')[^1] ?? "query") is { Length: > 0 } name ? name : "source", _app.Id)
        {
            Table = _from.Table,
            Query = _from.Query,
            PrimaryKey = Key,
        };
        return new(Id)
        {
            Name = string.IsNullOrWhiteSpace(Name) ? Id : Name.Trim(),
            Sources = [source],
            Properties = [.. Picked.Select(column => new Property(column.Id)
            {
                Type = column.Type == column.Column.Type ? null : column.Type,
                Source = source.Name,
                Column = new SelectedColumn { Name = column.Id, Column = column.Column.Name },
            })],
            Display = Picked.Any(column => column.Id == Display) ? Display : null,
        };
    }

    private static string Title(string table) => table.Length == 0 ? "Records"
        : char.ToUpperInvariant(table[0]) + table[1..].Replace('_', ' ');
}
