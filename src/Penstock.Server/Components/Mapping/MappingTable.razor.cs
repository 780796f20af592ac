using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Mapping;

/// <summary>What every row of a mapping needs to know.</summary>
/// <param name="Connector">The far end.</param>
/// <param name="Kind">The destination's kind.</param>
/// <param name="Model">The model.</param>
/// <param name="Destination">The destination as it is on the screen.</param>
/// <param name="Types">The types of properties, where known.</param>
/// <param name="Problems">What is wrong with the saved draft's destination.</param>
/// <param name="Values">Asks for the most frequent values of a property; null where nothing can be asked.</param>
/// <param name="IsReadOnly">Whether it can only be looked at.</param>
public sealed record MappingParts(
    Declaration Connector, DestinationKind Kind, Model Model, Destination Destination, IReadOnlyDictionary<string, DataType> Types,
    IReadOnlyList<Problem> Problems, Func<string, CancellationToken, Task<PropertyValues>>? Values, bool IsReadOnly);

/// <summary>All fields of a destination and where their values come from; edits are handed up.</summary>
public sealed partial class MappingTable : ComponentBase
{
    private const int Page = 50;
    private string? _search;
    private bool _isAll;
    private bool _isAdding;
    private string? _open;
    private int _most = Page;
    private FieldMapping? _undo;

    /// <summary>The far end.</summary>
    [Parameter, EditorRequired]
    public required Declaration Connector { get; set; }

    /// <summary>The destination's kind.</summary>
    [Parameter, EditorRequired]
    public required DestinationKind Kind { get; set; }

    /// <summary>The model.</summary>
    [Parameter, EditorRequired]
    public required Model Model { get; set; }

    /// <summary>The destination as it is on the screen.</summary>
    [Parameter, EditorRequired]
    public required Destination Destination { get; set; }

    /// <summary>The types of the model's properties, where known.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, DataType> Types { get; set; }

    /// <summary>What is wrong with the saved draft's destination.</summary>
    [Parameter]
    public IReadOnlyList<Problem> Problems { get; set; } = [];

    /// <summary>Asks for the most frequent values of a property; null where nothing can be asked.</summary>
    [Parameter]
    public Func<string, CancellationToken, Task<PropertyValues>>? Values { get; set; }

    /// <summary>Whether it can only be looked at.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Somebody changes something.</summary>
    [Parameter]
    public EventCallback<Func<Destination, Destination>> OnChange { get; set; }

    private MappingParts Parts => new(Connector, Kind, Model, Destination, Types, Problems, Values, IsReadOnly);

    private IReadOnlyList<NameProposal> Proposals => NameProposals.Of(Kind, Model, Destination, Types);

    private List<Field> All => [Kind.Key, .. Kind.Fields];

    private IEnumerable<Field> Shown => All.Where(one => _search is { Length: > 0 } search
        ? Fits(search, one.Name, one.Label, one.Help, MappingEdits.Find(Destination, one.Name, isCustom: false)?.Property)
        : _isAll || IsUsual(one));

    private int Hidden => _isAll ? 0 : All.Count(one => !IsUsual(one));

    private List<FieldMapping> CustomShown => [.. Destination.Mapping.Where(mapping => mapping.IsCustom
        && (_search is not { Length: > 0 } search || Fits(search, mapping.Field, mapping.Property)))];

    private static bool Fits(string search, params IEnumerable<string?> texts) =>
        texts.Any(text => text?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true);

    private bool IsUsual(Field field) => field.Name == Kind.Key.Name || field.Required
        || MappingEdits.Find(Destination, field.Name, isCustom: false) is not null
        || Proposals.Any(proposal => proposal.Field.Name == field.Name) || _open == "known:" + field.Name;

    private void Open(bool isOpen, string row) => _open = isOpen ? row : null;

    private Task PutAsync(FieldMapping mapping) => OnChange.InvokeAsync(destination => MappingEdits.Put(destination, mapping));

    private async Task RemoveAsync(FieldMapping mapping)
    {
        (_undo, _open) = (mapping, null);
        await OnChange.InvokeAsync(destination => MappingEdits.Remove(destination, mapping.Field, mapping.IsCustom));
    }

    private async Task RenameAsync((string From, string To) name)
    {
        _open = "custom:" + name.To;
        await OnChange.InvokeAsync(destination => MappingEdits.Rename(destination, name.From, name.To));
    }

    private async Task UndoAsync()
    {
        if (_undo is { } mapping)
            await OnChange.InvokeAsync(destination => MappingEdits.Put(destination, mapping));
        _undo = null;
    }

    private async Task AddAsync(IReadOnlyList<FieldMapping> mappings)
    {
        _isAdding = false;
        await OnChange.InvokeAsync(destination => MappingEdits.PutAll(destination, mappings));
    }

    private Task MapByNameAsync()
    {
        var mappings = Proposals.Select(pair => new FieldMapping(pair.Field.Name, IsCustom: false) { Property = pair.Property }).ToList();
        return OnChange.InvokeAsync(destination => MappingEdits.PutAll(destination, mappings));
    }
}
