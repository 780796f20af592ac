using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Security;
using ConfiguredApp = Penstock.Engine.Configuration.App;

namespace Penstock.Server.Components.Pages.Apps;

/// <summary>Fills in an app, tries it, and saves it in the draft.</summary>
public sealed partial class AppForm : ComponentBase, IDisposable
{
    private const string NameOption = "\u0001name";
    private Dictionary<string, string> _errors = [];
    private OptionValues _values = default!; // set with the parameters
    private string _name = "";
    private Problem? _problem;
    private bool _mayKeep;
    private CancellationTokenSource? _stop;

    /// <summary>The connector.</summary>
    [Parameter, EditorRequired]
    public required IConnector Connector { get; set; }

    /// <summary>The draft as it was looked at.</summary>
    [Parameter, EditorRequired]
    public required DraftState State { get; set; }

    /// <summary>The app that is edited; null for a new one.</summary>
    [Parameter]
    public ConfiguredApp? App { get; set; }

    /// <summary>Whether it can only be looked at.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Whether it is wanted as a source.</summary>
    [Parameter]
    public bool IsForSource { get; set; }

    /// <summary>Raised with the app's id when it is saved.</summary>
    [Parameter]
    public EventCallback<string> Saved { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private AppTests Tests { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop?.Cancel();
        _stop?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _values = new(
            Connector.Declaration.App, App?.Texts ?? new Dictionary<string, string>(),
            App?.Lists ?? new Dictionary<string, IReadOnlyList<string>>());
        _name = App?.Id ?? FormIds.Free(
            IsForSource ? "shop" : Connector.Declaration.Type, "app", State.Project.Apps.Select(app => app.Id));
    }

    private void Change() => (_problem, _errors) = (null, []);

    private ConfiguredApp Filled() => new(_name.Trim(), Connector.Declaration.Type)
    {
        Texts = _values.Texts,
        Lists = _values.Lists,
    };

    private async Task SubmitAsync()
    {
        if (_stop is not null || IsReadOnly)
            return;
        _problem = null;
        _errors = _values.Check(State.Project.Folder).ToDictionary(StringComparer.Ordinal);
        if (App is null && NameProblem() is { } wrong)
            _errors[NameOption] = wrong;
        if (_errors.Count > 0)
            return;
        using var stop = new CancellationTokenSource();
        _stop = stop;
        StateHasChanged();
        try
        {
            var test = await Services.AppEditing.TestAsync(Filled(), _values.NewSecrets, stop.Token);
            if (test.Problem is null)
                await SaveAsync(test);
            else
                (_problem, _mayKeep) = (test.Problem, true);
        }
        catch (OperationCanceledException)
        {
            // The person did not want to wait; the form is as it was.
        }
        catch (PenstockException exception)
        {
            (_problem, _mayKeep) = (exception.Problem, true);
        }
        finally
        {
            _stop = null;
        }
    }

    private async Task SaveAsync(AppTest? test)
    {
        var app = Filled();
        try
        {
            var actor = await Actor.GetAsync(default);
            var etag = App is null ? "" : State.Etag(ProjectThings.App(app.Id));
            await Services.AppEditing.PutAsync(actor, app, _values.NewSecrets, etag, default);
        }
        catch (PenstockException exception)
        {
            (_problem, _mayKeep) = (exception.Problem, false);
            return;
        }

        await Draft.ReloadAsync(default);
        if (test is not null)
            Tests.Keep(test);
        await Saved.InvokeAsync(app.Id);
    }

    private string? NameProblem() => FormIds.Check(_name.Trim()) is { } wrong ? T[wrong].Value
        : _name.Trim() == "new" ? T["This name is taken by Penstock itself."].Value
        : State.Project.Apps.Any(app => app.Id.Equals(_name.Trim(), StringComparison.OrdinalIgnoreCase))
            ? T["There is an app of that name already."].Value
            : null;
}
