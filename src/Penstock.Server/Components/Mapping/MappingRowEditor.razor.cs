using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Mapping;

/// <summary>Edits where the value of one field comes from.</summary>
public sealed partial class MappingRowEditor : ComponentBase
{
    private readonly string _name = "field-" + Guid.NewGuid().ToString("N");
    private bool _isConstant;
    private bool _hasDefault;
    private Problem? _nameProblem;

    /// <summary>The field as declared; null for one of the person's own.</summary>
    [Parameter]
    public Field? Field { get; set; }

    /// <summary>Its mapping, or an empty one.</summary>
    [Parameter, EditorRequired]
    public required FieldMapping Mapping { get; set; }

    /// <summary>Whether it names the record at the far end.</summary>
    [Parameter]
    public bool IsKey { get; set; }

    /// <summary>Whether it is mapped by now.</summary>
    [Parameter]
    public bool IsMapped { get; set; }

    /// <summary>What is around it.</summary>
    [Parameter, EditorRequired]
    public required MappingParts Parts { get; set; }

    /// <summary>The mapping is another.</summary>
    [Parameter]
    public EventCallback<FieldMapping> OnPut { get; set; }

    /// <summary>The mapping is taken out.</summary>
    [Parameter]
    public EventCallback<FieldMapping> OnRemove { get; set; }

    /// <summary>The field gets another name.</summary>
    [Parameter]
    public EventCallback<(string From, string To)> OnRename { get; set; }

    private DataType TargetType => Field?.Type ?? DataKind.Any;

    private string ConstantHelp => Field is { Allowed.Count: > 0 } known
        ? T["It takes {0}.", string.Join(", ", known.Allowed.Take(12)) + (known.Allowed.Count > 12 ? ", …" : "")]
        : Mapping.Constant.IsNull ? T["Every record gets this value."]
        : T["Every record gets this value, as {0}.", Constants.Word(Mapping.Constant)];

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        (_isConstant, _hasDefault) = (!Mapping.Constant.IsNull, !Mapping.Default.IsNull);

    private string TypeOf(string id) => Parts.Types.TryGetValue(id, out var type) ? TypeWords.Short(type) : "";

    private async Task ChooseAsync(bool isConstant)
    {
        _isConstant = isConstant;
        // Nothing is taken away before there is something in its place, but for a constant, which means nothing beside a property.
        if (!isConstant && !Mapping.Constant.IsNull)
            await OnPut.InvokeAsync(Mapping with { Constant = Value.Null });
    }

    private Task ConstantAsync(string? text) => OnPut.InvokeAsync(
        Mapping with { Property = null, Default = Value.Null, Constant = Constants.Read(text, TargetType) });

    private Task PropertyAsync(string? id) => id is { Length: > 0 } && id != Mapping.Property
        ? OnPut.InvokeAsync(Mapping with { Property = id, Constant = Value.Null })
        : Task.CompletedTask;

    private async Task NullsAsync(Nulls nulls)
    {
        _hasDefault = false;
        await OnPut.InvokeAsync(Mapping with { Nulls = nulls, Default = Value.Null });
    }

    private Task DefaultAsync(string? text) => OnPut.InvokeAsync(Mapping with { Default = Constants.Read(text, TargetType) });

    private async Task RenameAsync(string? name)
    {
        if (name is null || name == Mapping.Field)
        {
            _nameProblem = null;
            return;
        }

        _nameProblem = CustomNames.Problem(name, Parts.Kind, Parts.Destination);
        if (_nameProblem is null)
            await OnRename.InvokeAsync((Mapping.Field, name));
    }

    private Task<IEnumerable<string>> SearchAsync(string? text, CancellationToken cancellationToken)
    {
        var isChosen = text == Mapping.Property; // opened, not searched: all are on offer
        return Task.FromResult(Parts.Model.Properties.Select(property => property.Id)
            .Where(id => isChosen || string.IsNullOrWhiteSpace(text) || id.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)));
    }
}
