using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Components.Pages.Models;

/// <summary>Makes a model, step by step; what is filled in survives a reload.</summary>
public sealed partial class NewModelPage : ComponentBase
{
    private const string Kept = "new-model";

    private static readonly (string Step, string Title)[] Steps =
        [("table", "Choose the table"), ("key", "What names a record"), ("properties", "Properties"), ("name", "Name")];

    private NewModelState _state = new();
    private SourceSample? _sample;
    private Problem? _problem;
    private string? _wrong;
    private bool _isBusy;
    private bool _isTaken;

    /// <summary>The app chosen.</summary>
    [SupplyParameterFromQuery]
    public string? App { get; set; }

    /// <summary>The table chosen.</summary>
    [SupplyParameterFromQuery]
    public string? Table { get; set; }

    /// <summary>The step.</summary>
    [SupplyParameterFromQuery]
    public string? Step { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private IJSRuntime Script { get; set; } = default!; // injected

    // A step is shown only when those before it are done: an address may say anything.
    private string Current
    {
        get
        {
            var asked = Array.FindIndex(Steps, step => step.Step == Step);
            return asked < 0 ? "table" : Steps.Take(asked).FirstOrDefault(step => !IsDone(step.Step)).Step ?? Steps[asked].Step;
        }
    }

    private string Before => Steps[Math.Max(0, Array.FindIndex(Steps, step => step.Step == Current) - 1)].Step;

    private string Missing => Current switch
    {
        "table" => "Choose a table first.",
        "key" => "Choose what names a record first.",
        _ => "",
    };

    private KeptForm Form => new(Script);

    private async Task<DraftState?> LoadAsync(CancellationToken cancellationToken)
    {
        var draft = await Draft.StateAsync(cancellationToken);
        if (!_isTaken)
            _state = await Form.TakeAsync<NewModelState>(Kept) ?? new();
        _isTaken = true;
        if (App is not null && (App != _state.App || (Table is not null && Table != _state.Table)))
            _state = new() { App = App, Table = Table };
        else if (App is null)
            _state.App = draft.Project.Apps.Where(IsSource).Select(app => app.Id).ToList() is [var only] ? only : null;
        _sample = null;
        var app = draft.Project.Apps.FirstOrDefault(candidate => candidate.Id == _state.App);
        if (app is null)
            _state.App = null;
        else if (_state.From is { } from)
            Take(await Services.DraftData.Sources.SampleAsync(draft.Project, app, from, new() { Rows = 15 }, cancellationToken));
        return draft;
    }

    private bool IsSource(Penstock.Engine.Configuration.App app) => Services.Apps.Connectors.Find(app.Type) is ISource;

    private bool IsDone(string step) => step switch
    {
        "table" => _state.App is not null && _state.From is not null && _state.Columns.Count > 0,
        "key" => _state.Key.Count > 0,
        "properties" => _state.WrongProperties() is null,
        _ => false,
    };

    private bool IsReachable(string step) => Steps.TakeWhile(other => other.Step != step).All(other => IsDone(other.Step));

    private string Address(string step) => Navigation.GetUriWithQueryParameters(
        "/models/new", new Dictionary<string, object?> { ["app"] = _state.App, ["table"] = _state.Table, ["step"] = step });

    private void ChooseApp(string app) => Navigation.NavigateTo($"/models/new?app={Uri.EscapeDataString(app)}");

    private void ChooseTable(string table) =>
        Navigation.NavigateTo($"/models/new?app={Uri.EscapeDataString(_state.App ?? "")}&table={Uri.EscapeDataString(table)}");

    private void Take(SourceSample? sample)
    {
        _sample = sample;
        if (sample is { Problem: null })
            _state.Take(sample);
        else
            _state.Columns = [];
    }

    private async Task TakeAsync(SourceSample? sample)
    {
        Take(sample);
        await KeepAsync();
    }

    private async Task KeepAsync()
    {
        _wrong = null;
        await Form.KeepAsync(Kept, _state);
    }

    private async Task NextAsync()
    {
        _wrong = Current == "properties" ? _state.WrongProperties() : null;
        if (_wrong is not null)
            return;
        await Form.KeepAsync(Kept, _state);
        Navigation.NavigateTo(Address(Steps[Array.FindIndex(Steps, step => step.Step == Current) + 1].Step));
    }

    private async Task CreateAsync(DraftState draft)
    {
        _problem = null;
        if (NameStep.Wrong(_state, draft.Project) is not null)
            return; // said at the field
        _isBusy = true;
        try
        {
            var model = _state.ToModel();
            var isDone = await Draft.EditAsync(
                ProjectThings.Model(model.Id),
                project => project.Models.Any(other => other.Id == model.Id) ? project
                    : project with { Models = [.. project.Models, model] },
                default);
            if (!isDone)
                return;
            await Form.ForgetAsync(Kept);
            Navigation.NavigateTo($"/models/{model.Id}/data");
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
