using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Components.Shared;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>A model's sources and properties.</summary>
public sealed partial class DataPage : ComponentBase, IDisposable
{
    private static readonly string[] Parts = ["sources", "properties", "groups"];
    private Loadable<DraftState>? _loadable;
    private LoadedModel? _loaded;
    private Problem? _problem;

    /// <summary>The model's id.</summary>
    [Parameter, EditorRequired]
    public required string ModelId { get; set; }

    /// <summary>What properties are filtered by.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Search { get; set; }

    /// <summary>The source whose properties are shown; null for all.</summary>
    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose() => Draft.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Draft.Changed += OnChanged;

    private async Task<DraftState?> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await Draft.ReloadAsync(cancellationToken);
        try
        {
            _loaded = Of(state) is { } model ? await Services.DraftData.Records.LoadedAsync(model, cancellationToken) : null;
        }
        catch (PenstockException)
        {
            _loaded = null; // the bar says it
        }

        return state;
    }

    private Model? Of(DraftState state) => state.Project.Models.FirstOrDefault(model => model.Id == ModelId);

    private Task RefreshAsync() => _loadable?.ReloadAsync() ?? Task.CompletedTask;

    private void OnChanged() => _ = InvokeAsync(RefreshAsync);

    // Problems of the model that belong to none of its sources, properties or groups, which show theirs themselves.
    private static IEnumerable<Problem> Own(DraftState state, Model model) => ThingProblems.Of(state, $"models.{model.Id}")
        .Where(problem => !Parts
            .Any(part => problem.Path!.StartsWith($"models.{model.Id}.{part}.", StringComparison.Ordinal))); // of a path

    private async Task RemoveSourceAsync(DraftState state, Model model, string source)
    {
        _problem = ModelUses.OfSource(state.Project, model, source);
        if (_problem is not null)
            return;
        var count = model.Properties.Count(property => property.Source == source);
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Remove the source {0}?", source],
            T["Its {0} go with it. Nothing uses them; nothing changes at the far end.", Numbers.Of(count, "property", "properties")],
            yesText: T["Remove"], cancelText: T["Cancel"]);
        if (isSure == true)
            await ChangeAsync(before => ModelUses.WithoutSource(before, source));
    }

    private async Task EditAsync(DraftState state, Model model, string property)
    {
        if (!await Actor.IsAsync(Role.Editor))
            return;
        _problem = null;
        if (model.Find(property) is { Expression: not null })
        {
            Navigation.NavigateTo($"/models/{ModelId}/data/calculated/{property}");
            return;
        }

        var parameters = new DialogParameters<PropertyDialog>
        {
            { dialog => dialog.State, state },
            { dialog => dialog.Model, model },
            { dialog => dialog.PropertyId, property },
        };
        await Dialogs.ShowAsync<PropertyDialog>(property, parameters);
    }

    private async Task ChangeAsync(Func<Model, Model> change)
    {
        try
        {
            await Draft.EditAsync(ProjectThings.Model(ModelId), project => ModelEdit.On(project, ModelId, change), default);
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }
}
