using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>Adds or edits a calculated property, with a live sample below.</summary>
public sealed partial class CalculatedPage : ComponentBase, IDisposable
{
    private Debounced? _looking;
    private ElementReference _text;
    private CalculatedForm _form = new();
    private string _written = "";
    private Model? _model;
    private ExpressionSample? _sample;
    private bool _isStale;
    private string? _wrong;
    private Problem? _problem;

    /// <summary>The model's id.</summary>
    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    /// <summary>The property's id; null for a new one.</summary>
    [Parameter]
    public string? PropertyId { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private IJSRuntime Script { get; set; } = default!; // injected

    [Inject]
    private TimeProvider Time { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    private KeptForm Kept => new(Script);

    private string Key => $"calculated.{ModelId}.{PropertyId ?? "new"}";

    private DataType? Type => _form.TypeWord is null ? null : DataType.Parse(_form.TypeWord);

    /// <inheritdoc/>
    public void Dispose() => _looking?.Dispose();

    private async Task<DraftState?> LoadAsync(CancellationToken cancellationToken)
    {
        _looking ??= new(Time);
        var state = await Draft.ReloadAsync(cancellationToken);
        _model = state.Project.Models.FirstOrDefault(model => model.Id == ModelId);
        var property = _model?.Find(PropertyId ?? "");
        if (PropertyId is not null && property is not { Expression: not null })
        {
            _model = null;
            return state;
        }

        _form = await Kept.TakeAsync<CalculatedForm>(Key) ?? new()
        {
            Id = property?.Id ?? "",
            Expression = property?.Expression ?? "",
            TypeWord = property?.Type?.ToString(),
        };
        _written = _form.Expression;
        _ = SampleAsync();
        return state;
    }

    private IEnumerable<string> Usable(Model model) => model.Properties.Select(property => property.Id).Where(id => id != PropertyId);

    private async Task InsertAsync((string Text, int From, int To) piece) =>
        await Script.InvokeVoidAsync("penstock.insert", _text, piece.Text, piece.From, piece.To);

    private async Task ChangeAsync(Action change)
    {
        change();
        (_wrong, _problem) = (null, null);
        _ = SampleAsync();
        await Kept.KeepAsync(Key, _form);
    }

    private async Task SampleAsync()
    {
        if (_model is not { } model || _looking is null)
            return;
        if (_form.Expression.Trim().Length == 0)
        {
            _sample = null;
            return;
        }

        _isStale = true;
        var isDone = await _looking.RunAsync(async token =>
        {
            var id = _form.Id.Length == 0 ? PropertyId ?? "calculated" : _form.Id;
            var property = new Property(id) { Expression = _form.Expression, Type = Type };
            try
            {
                _sample = await Services.DraftData.Records.ExpressionSampleAsync(model, property, 10, token);
            }
            catch (PenstockException exception)
            {
                _sample = new(null, []) { Problem = exception.Problem };
            }
        });
        if (isDone)
        {
            _isStale = false;
            await InvokeAsync(StateHasChanged);
        }
    }

    private async Task SaveAsync()
    {
        _wrong = FormIds.Check(_form.Id) ?? (_model!.Properties.Any(other => other.Id != PropertyId // shown only with one
            && other.Id.Equals(_form.Id, StringComparison.OrdinalIgnoreCase)) ? T["There is another property of that name."].Value : null);
        if (_wrong is not null)
            return;
        await TryAsync(async () =>
        {
            var thing = ProjectThings.Model(ModelId);
            if (!await Draft.EditAsync(thing, project => ModelEdit.On(project, ModelId, Put), default))
                return;
            if (PropertyId is not null && PropertyId != _form.Id)
            {
                var etag = (await Draft.StateAsync(default)).Etag(thing);
                await Services.Drafts.RenamePropertyAsync(await Actor.GetAsync(default), ModelId, PropertyId, _form.Id, etag, default);
                await Draft.ReloadAsync(default);
            }

            await LeaveAsync();
        });
    }

    private Model Put(Model model)
    {
        var property = new Property(PropertyId ?? _form.Id) { Expression = _form.Expression.Trim(), Type = Type };
        return model with
        {
            Properties = model.Find(property.Id) is null ? [.. model.Properties, property]
                : [.. model.Properties.Select(other => other.Id == property.Id ? property : other)],
        };
    }

    private async Task RemoveAsync(DraftState state)
    {
        var property = PropertyId!; // the button is there only with one
        _problem = ModelUses.OfProperties(state.Project, _model!, [property]);
        if (_problem is not null)
            return;
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Remove the property {0}?", property], T["Nothing uses it; nothing changes at the far end."], yesText: T["Remove"],
            cancelText: T["Cancel"]);
        if (isSure != true)
            return;
        await TryAsync(async () =>
        {
            if (await Draft.EditAsync(
                ProjectThings.Model(ModelId),
                project => ModelEdit.On(project, ModelId, model => ModelUses.Without(model, property)),
                default))
                await LeaveAsync();
        });
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }

    private async Task LeaveAsync()
    {
        await Kept.ForgetAsync(Key);
        Navigation.NavigateTo($"/models/{ModelId}/data");
    }
}
