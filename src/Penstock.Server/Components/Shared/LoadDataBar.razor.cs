using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;
using Penstock.Server.Components.Editing;

namespace Penstock.Server.Components.Shared;

/// <summary>Says whether a model's data is loaded as the draft has it, and loads it. Nothing is sent anywhere by loading.</summary>
public sealed partial class LoadDataBar : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private LoadedModel? _loaded;
    private DraftLoad? _load;
    private Problem? _problem;
    private string? _shown;

    /// <summary>The model's id.</summary>
    [Parameter, EditorRequired]
    public required string Model { get; set; }

    /// <summary>Told when a loading got to its end.</summary>
    [Parameter]
    public EventCallback OnLoaded { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    private double? Share => _load?.Progress is { Total: > 0 and var total } progress ? 100.0 * progress.Done / total : null;

    private int BehindCount => _loaded?.Properties.Values.Count(state => state != LoadedState.Current) ?? 0;

    private string Behind => Numbers.Of(BehindCount, T["property"], T["properties"]);

    private string Picture => _load is { IsRunning: true } ? Icons.Material.Outlined.Sync
        : _loaded is { IsCurrent: true } ? Icons.Material.Outlined.CheckCircle
        : Icons.Material.Outlined.Info;

    private string Colour => _load is { IsRunning: true } ? "ps-info" : _loaded is { IsCurrent: true } ? "ps-good" : "ps-warn";

    private string Doing
    {
        get
        {
            if (_load?.Progress is not { } progress)
                return T["Starting…"];
            var what = progress.Step == RunStep.Refresh ? T["Reading {0}", progress.Subject ?? ""] : T["Building records"];
            var done = progress.Done > 0 ? $": {Numbers.Grouped(progress.Done)}" : "";
            var left = progress.Left is { } time ? $" · {T["{0} left", Numbers.Elapsed(time)]}" : "";
            return what + done + left;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Services.DraftData.Loads.Changed -= OnLoads;
        Draft.Changed -= OnDraft;
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Services.DraftData.Loads.Changed += OnLoads;
        Draft.Changed += OnDraft;
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Model)
            return;
        (_shown, _loaded, _load) = (Model, null, Services.DraftData.Loads.Of(Model));
        await LookAsync();
    }

    private async Task StartAsync()
    {
        _problem = null;
        try
        {
            var state = await Draft.StateAsync(_gone.Token);
            if (Find(state.Project) is { } model)
                Services.DraftData.Loads.Start(state.Project, model);
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }

    private async Task LookAsync()
    {
        if (_gone.IsCancellationRequested)
            return; // told of a change just after the page was left
        try
        {
            var state = await Draft.StateAsync(_gone.Token);
            if (Find(state.Project) is { } model)
                _loaded = await Services.DraftData.Records.LoadedAsync(model, _gone.Token);
            _problem = null;
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
        catch (OperationCanceledException) when (_shown is not null)
        {
            // The page is gone.
        }
    }

    private Model? Find(Project project) => project.Models.FirstOrDefault(model => model.Id == Model);

    private void OnDraft() => _ = InvokeAsync(async () =>
    {
        await LookAsync();
        StateHasChanged();
    });

    private void OnLoads(string model)
    {
        if (model == Model)
            _ = InvokeAsync(ShowAsync);
    }

    private async Task ShowAsync()
    {
        if (_gone.IsCancellationRequested)
            return;
        var was = _load?.IsRunning == true;
        _load = Services.DraftData.Loads.Of(Model);
        if (was && _load is { IsRunning: false })
        {
            await LookAsync();
            if (_load.Result is not null)
                await OnLoaded.InvokeAsync();
        }

        StateHasChanged();
    }
}
