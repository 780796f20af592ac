using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Components.Shared;
using Penstock.Server.Security;
using ConfiguredApp = Penstock.Engine.Configuration.App;

namespace Penstock.Server.Components.Pages.Apps;

/// <summary>One app: its options, its tables, what uses it.</summary>
public sealed partial class AppPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Loadable<DraftState>? _loadable;
    private Problem? _problem;
    private bool _isReadOnly = true;
    private bool _isTesting;
    private int _saves;

    /// <summary>The app's id.</summary>
    [Parameter, EditorRequired]
    public required string AppId { get; set; }

    /// <summary>The part shown: <c>tables</c>, <c>uses</c>, or the connection.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>The table looked at.</summary>
    [SupplyParameterFromQuery]
    public string? Table { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private AppTests Tests { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync() => _isReadOnly = !await Actor.IsAsync(Role.Editor);

    private async Task<DraftState?> LoadAsync(CancellationToken cancellationToken) => await Draft.ReloadAsync(cancellationToken);

    private ConfiguredApp? Of(DraftState state) => state.Project.Apps.FirstOrDefault(app => app.Id == AppId);

    private string Address(string tab) => tab.Length == 0 ? $"/apps/{AppId}" : $"/apps/{AppId}?tab={tab}";

    private string? Mark(string tab) => (Tab ?? "") == tab ? "page" : null;

    private async Task TestAsync(Project project, ConfiguredApp app)
    {
        (_isTesting, _problem) = (true, null);
        StateHasChanged();
        try
        {
            await foreach (var test in Services.Apps.TestAsync(project, [app], _gone.Token))
                _problem = Tests.Keep(test).Test.Problem;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }

        _isTesting = false;
    }

    private async Task RemoveAsync(DraftState state, ConfiguredApp app)
    {
        _problem = null;
        if (Uses.OfApp(state.Project, app.Id).Count == 0)
        {
            var isSure = await Dialogs.ShowMessageBoxAsync(
                T["Remove the app {0}?", app.Id],
                T["Nothing uses it. The removal stands in the draft until it is published."],
                yesText: T["Remove"], cancelText: T["Cancel"]);
            if (isSure != true)
                return;
        }

        try
        {
            await Services.Drafts.RemoveAppAsync(
                await Actor.GetAsync(default), app.Id, state.Etag(ProjectThings.App(app.Id)), default);
            Tests.Forget(app.Id);
            await Draft.ReloadAsync(default);
            Navigation.NavigateTo("/apps");
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem; // names what uses it
        }
    }

    private async Task SavedAsync()
    {
        _saves++; // the form begins anew, without what was typed for a credential
        if (_loadable is not null)
            await _loadable.ReloadAsync();
    }
}
