using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>Adds or edits a source of a model, with a live sample beside.</summary>
public sealed partial class SourcePage : ComponentBase, IDisposable
{
    private Debounced? _looking;
    private Model? _model;
    private SourceForm? _form;
    private ValueHints _hints = ValueHints.None;
    private Problem? _hintsProblem;
    private IReadOnlyList<JoinProposal> _joins = [];
    private SourceSample? _sample;
    private bool _isStale;
    private Problem? _problem;

    /// <summary>The model's id.</summary>
    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    /// <summary>The source's name; null for a new one.</summary>
    [Parameter]
    public string? SourceName { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private IJSRuntime Script { get; set; } = default!; // injected

    [Inject]
    private TimeProvider Time { get; set; } = default!; // injected

    private KeptForm Kept => new(Script);

    private string Key => $"source.{ModelId}.{SourceName ?? "new"}";

    private bool IsPrimary => _model is not null && SourceName == _model.Primary.Name;

    /// <inheritdoc/>
    public void Dispose() => _looking?.Dispose();

    private async Task<DraftState?> LoadAsync(CancellationToken cancellationToken)
    {
        _looking ??= new(Time);
        var state = await Draft.ReloadAsync(cancellationToken);
        _model = state.Project.Models.FirstOrDefault(model => model.Id == ModelId);
        var source = _model?.Sources.FirstOrDefault(candidate => candidate.Name == SourceName);
        _form = _model is null || (SourceName is not null && source is null) ? null
            : await Kept.TakeAsync<SourceForm>(Key) ?? (source is null ? new() : SourceForm.Of(_model, source));
        if (_form is { } form && (form.Table ?? form.Query) is not null)
            await LookAsync(state);
        return state;
    }

    private string Subtitle(Model model, SourceForm form) => SourceName is null
        ? T["More about each record of {0}: from another table, one value or many rows put together.", model.Name]
        : $"{form.App} · {form.Table ?? T["a query"].Value}";

    private async Task ChooseAsync(DraftState state, SourceChoice choice)
    {
        var form = _form!; // shown only with one
        (form.App, form.Table, form.Query) = (choice.App, choice.Table, choice.Query);
        var taken = _model!.Sources.Select(source => source.Name); // shown only with one
        form.Name = FormIds.Free(choice.Table is { } table ? Proposals.TableName(table) : "query", "source", taken);
        await LookAsync(state);
        if (_joins is [var best, ..])
            form.Take(best);
        await ChangeAsync(state);
    }

    private async Task AnotherAsync()
    {
        await Kept.ForgetAsync(Key);
        (_form, _hints, _joins, _sample) = (new(), ValueHints.None, [], null);
    }

    // The columns, values to suggest, and ways to join it.
    private async Task LookAsync(DraftState state)
    {
        var form = _form!; // shown only with one
        _hintsProblem = null;
        if (state.Project.Apps.FirstOrDefault(app => app.Id == form.App) is not { } app)
        {
            _hintsProblem = ConfigurationProblems.UnknownReference.Of(
                $"The app {form.App} is gone.", "Choose another table, or add the app again.");
            return;
        }

        var from = form.Query is { } query ? SourceOf.OfQuery(query) : SourceOf.OfTable(form.Table!); // one or the other
        var sample = await Services.DraftData.Sources.SampleAsync(state.Project, app, from, new() { Rows = 200 }, default);
        (_hints, _hintsProblem) = (ValueHints.Of(sample), sample.Problem);
        if (_hintsProblem is not null || IsPrimary)
        {
            _ = SampleAsync(state);
            return;
        }

        try
        {
            _joins = form.Table is null ? []
                : await Services.DraftData.Sources.ProposeJoinsAsync(state.Project, _model!, app, form.Table, new(), default); // checked
        }
        catch (PenstockException)
        {
            _joins = []; // proposals only
        }

        _ = SampleAsync(state);
    }

    private async Task ChangeAsync(DraftState state)
    {
        _problem = null;
        await Kept.KeepAsync(Key, _form!); // shown only with one
        _ = SampleAsync(state);
    }

    private async Task SampleAsync(DraftState state)
    {
        if (_form is not { } form || _model is not { } model || form.Wrong(model) is not null || _looking is null)
            return;
        _isStale = true;
        var isDone = await _looking.RunAsync(async token =>
        {
            var changed = form.Apply(model, _hints.Columns);
            _sample = await Services.DraftData.Sources.SourcePreviewAsync(state.Project, changed, form.Name, new() { Rows = 10 }, token);
        });
        if (isDone)
        {
            _isStale = false;
            await InvokeAsync(StateHasChanged);
        }
    }

    private async Task SaveAsync(DraftState state)
    {
        var form = _form!; // shown only with one
        var model = _model!;
        var removed = model.Properties.Where(property => SourceName is not null && property.Source == SourceName
            && !form.Properties.Any(row => row.Was == property.Id)).Select(property => property.Id);
        _problem = ModelUses.OfProperties(state.Project, model, removed);
        if (_problem is not null)
            return;
        try
        {
            var columns = _hints.Columns;
            if (await Draft.EditAsync(
                ProjectThings.Model(ModelId), project => ModelEdit.On(project, ModelId, before => form.Apply(before, columns)), default))
                await CancelAsync();
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }

    private async Task CancelAsync()
    {
        await Kept.ForgetAsync(Key);
        Navigation.NavigateTo($"/models/{ModelId}/data");
    }
}

/// <summary>Where a new source's rows come from.</summary>
/// <param name="App">The app.</param>
/// <param name="Table">The table; null for a query.</param>
/// <param name="Query">The query; null for a table.</param>
public sealed record SourceChoice(string App, string? Table, string? Query);
