using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Mapping;

/// <summary>One field of a destination and where its value comes from, on a line; opened, with its editor.</summary>
public sealed partial class MappingRow : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string? _asked;
    private Problem? _values;

    /// <summary>The field as declared; null for one of the person's own.</summary>
    [Parameter]
    public Field? Field { get; set; }

    /// <summary>Its name at the far end.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Its mapping; null for none.</summary>
    [Parameter]
    public FieldMapping? Mapping { get; set; }

    /// <summary>Whether it names the record at the far end.</summary>
    [Parameter]
    public bool IsKey { get; set; }

    /// <summary>What is around it.</summary>
    [Parameter, EditorRequired]
    public required MappingParts Parts { get; set; }

    /// <summary>Whether its editor is open.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>Opens or closes it.</summary>
    [Parameter]
    public EventCallback<bool> OnOpen { get; set; }

    /// <summary>Its mapping is another.</summary>
    [Parameter]
    public EventCallback<FieldMapping> OnPut { get; set; }

    /// <summary>Its mapping is taken out.</summary>
    [Parameter]
    public EventCallback<FieldMapping> OnRemove { get; set; }

    /// <summary>It gets another name.</summary>
    [Parameter]
    public EventCallback<(string From, string To)> OnRename { get; set; }

    private FieldMapping Current => Mapping ?? new(Name, Field is null);

    private string Word => Parts.Kind.CustomFields?.Word ?? "";

    private DataType ShownType => Field?.Type
        ?? (Mapping?.Property is { } property && Parts.Types.TryGetValue(property, out var type) ? type : DataKind.Any);

    private string Extra => Mapping is null ? ""
        : !Mapping.Default.IsNull ? T["or {0} when it is empty", Mapping.Default.ToString()]
        : IsKey || Field?.Clearable == false ? ""
        : Mapping.Nulls == Nulls.Clear ? T["empty clears the field"] : T["empty leaves the field"];

    private Problem? Problem => Mapping is null ? null
        : MappingChecks.Of(Mapping, Parts.Kind, Parts.Model, Parts.Types)
            ?? Parts.Problems.FirstOrDefault(problem => problem.Path
                == $"destinations.{Parts.Destination.Id}.{(Mapping.IsCustom ? "custom" : "mapping")}.{Name}")
            ?? _values;

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Mapping?.Property == _asked)
            return;
        (_asked, _values) = (Mapping?.Property, null);
        if (Field is not { Allowed.Count: > 0 } field || _asked is not { Length: > 0 } property || Parts.Values is not { } values
            || Parts.Model.Find(property) is null)
            return;
        try
        {
            var found = await values(property, _gone.Token);
            if (_asked == property)
                _values = MappingChecks.Values(field, property, found);
        }
        catch (Exception exception) when (exception is PenstockException or OperationCanceledException)
        {
            // It would have been a help; the plan tells too.
        }
    }
}
