using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Health;
using Penstock.Control.Revisions;
using Penstock.Control.Schedules;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Models;

/// <summary>A model at a glance.</summary>
public sealed partial class ModelPage : ComponentBase, IDisposable
{
    private const int Most = 8;
    private Loadable<ModelShown>? _loadable;
    private Problem? _problem;

    /// <summary>The model's id.</summary>
    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose() => Draft.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Draft.Changed += OnChanged;

    private async Task<ModelShown?> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await Draft.ReloadAsync(cancellationToken);
        if (state.Project.Models.FirstOrDefault(model => model.Id == ModelId) is not { } model)
            return null;
        LoadedModel? loaded = null;
        ModelHealth? health = null;
        NextRun? next = null;
        try
        {
            health = (await Services.Health.ModelsAsync(cancellationToken)).FirstOrDefault(one => one.Model == ModelId);
            next = (await Services.Scheduler.NextAsync(cancellationToken)).FirstOrDefault(one => one.Model == ModelId);
            loaded = await Services.DraftData.Records.LoadedAsync(model, cancellationToken);
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem; // the configuration is shown all the same
        }

        return new(state, model, loaded, health, next);
    }

    private string Subtitle(ModelShown shown) => shown.Model.Primary is var primary
        ? T["One record for each row of {0} in {1}, named by {2}.",
            primary.Table ?? T["a query"].Value, primary.AppId, string.Join(" + ", primary.PrimaryKey)]
        : "";

    private Task RefreshAsync() => _loadable?.ReloadAsync() ?? Task.CompletedTask;

    private void OnChanged() => _ = InvokeAsync(RefreshAsync);

    private async Task RenameAsync(ModelShown shown)
    {
        var parameters = new DialogParameters<NameDialog> { { dialog => dialog.Name, shown.Model.Name } };
        var dialog = await Dialogs.ShowAsync<NameDialog>(T["Rename the model"], parameters);
        if (await dialog.Result is { Canceled: false, Data: string { Length: > 0 } name })
        {
            await TryAsync(() => Draft.EditAsync(
                ProjectThings.Model(ModelId), project => ModelEdit.On(project, ModelId, model => model with { Name = name }), default));
        }
    }

    private async Task RemoveAsync(ModelShown shown)
    {
        _problem = Uses.OfModel(shown.State.Project, ModelId) is { Count: > 0 } uses
            ? RevisionProblems.InUse.Of(
                $"The model is sent by {string.Join(", ", uses).Replace("*", "", StringComparison.Ordinal)}.",
                "Remove these destinations first.")
            : null;
        if (_problem is not null)
            return;
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Remove the model {0}?", shown.Model.Name],
            T["With its {0} and {1}. It stands in the draft until it is published; nothing changes at the far end.",
                Numbers.Of(shown.Model.Properties.Count, "property", "properties"),
                Numbers.Of(shown.Model.Groups.Count, "group", "groups")],
            yesText: T["Remove"], cancelText: T["Cancel"]);
        if (isSure != true)
            return;
        await TryAsync(async () =>
        {
            if (await Draft.EditAsync(
                ProjectThings.Model(ModelId),
                project => project with { Models = [.. project.Models.Where(model => model.Id != ModelId)] },
                default))
                Navigation.NavigateTo("/");
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
}
