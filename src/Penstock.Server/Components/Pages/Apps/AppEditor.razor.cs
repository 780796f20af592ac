using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Security;
using ConfiguredApp = Penstock.Engine.Configuration.App;

namespace Penstock.Server.Components.Pages.Apps;

/// <summary>The form of an app, made from its connector's declaration: tries what is filled in, then saves it in the draft.</summary>
public sealed partial class AppEditor : ComponentBase, IDisposable
{
    private OptionValues _values = default!; // set with the first parameters
    private string _name = "";
    private string? _nameError;
    private string? _etag;
    private IReadOnlyList<Problem> _problems = [];
    private Problem? _problem;
    private AppTest? _test;
    private CancellationTokenSource? _running;

    /// <summary>The connector.</summary>
    [Parameter, EditorRequired]
    public required IConnector Connector { get; set; }

    /// <summary>The draft's project.</summary>
    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The app as it is; null for a new one.</summary>
    [Parameter, EditorRequired]
    public required ConfiguredApp? Present { get; set; }

    /// <summary>Told the app's id when it was saved.</summary>
    [Parameter]
    public EventCallback<string> OnSaved { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    private ConfiguredApp Filled => new(Present?.Id ?? Ids.Of(_name), Connector.Declaration.Type)
    {
        Texts = _values.Texts.ToDictionary(StringComparer.Ordinal),
        Lists = _values.Lists.ToDictionary(StringComparer.Ordinal),
    };

    private Dictionary<string, Secret> Secrets => _values.Secrets.ToDictionary(StringComparer.Ordinal);

    private IReadOnlyList<string> Guide => GuideText.FirstSection(ConnectorResources.Guide(Connector));

    /// <inheritdoc/>
    public void Dispose() => _running?.Cancel();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _values = new(Connector.Declaration.App, Present?.Texts ?? new Dictionary<string, string>(),
            Present?.Lists ?? new Dictionary<string, IReadOnlyList<string>>());
        _name = Present?.Id ?? Ids.New(Connector.Declaration.Type, Project.Apps.Select(app => app.Id));
        _etag = Present is null ? "" : (await Draft.StateAsync(default)).Etag(ProjectThings.App(Present.Id));
    }

    private async Task SubmitAsync()
    {
        if (_running is not null || !IsGood())
            return;
        using var running = new CancellationTokenSource();
        _running = running;
        try
        {
            _test = await Services.AppEditing.TestAsync(Filled, Secrets, running.Token);
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            _test = null;
        }
        finally
        {
            _running = null;
        }

        if (_test is { Problem: null })
            await SaveAsync();
    }

    private bool IsGood()
    {
        (_problem, _test) = (null, null);
        var id = Ids.Of(_name);
        _nameError = Present is not null ? null
            : id.Length == 0 ? T["Give it a name with letters or digits."].Value
            : Project.Apps.Any(app => app.Id == id) ? T["There is an app called {0} already.", id].Value
            : null;
        _problems = _values.Check(Project.Folder);
        return _nameError is null && _problems.Count == 0;
    }

    private async Task SaveAsync()
    {
        try
        {
            var actor = await Actor.GetAsync(default);
            await Services.AppEditing.PutAsync(actor, Filled, Secrets, _etag, default);
            await Draft.ReloadAsync(default);
            await OnSaved.InvokeAsync(Filled.Id);
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }
}
