using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Mapping;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>Makes a destination in the draft: app, kind, name, records, sync mode.</summary>
public sealed partial class NewDestinationPage : ComponentBase
{
    private Project? _project;
    private Model? _model;
    private string _app = "";
    private string _kind = "";
    private string _name = "";
    private bool _isNamed;
    private string _group = "";
    private SyncModes _mode = SyncModes.None;
    private long? _wanted;
    private Problem? _problem;
    private bool _isBusy;

    /// <summary>The model.</summary>
    [Parameter]
    public string ModelId { get; set; } = "";

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    private IReadOnlyList<DestinationKind> Kinds => DeclarationOf(_app)?.Destinations ?? [];

    private DestinationKind? Kind => Kinds.FirstOrDefault(kind => kind.Id == _kind);

    private string AppName => DeclarationOf(_app)?.Name ?? "";

    private string? Missing => _name.Trim().Length == 0 ? T["Give it a name first."].Value
        : _mode == SyncModes.None ? T["Choose a sync mode first."].Value
        : null;

    private bool CanCreate => Kind is not null && _mode != SyncModes.None && _name.Trim().Length > 0 && !_isBusy;

    private async Task<Choice?> LoadAsync(CancellationToken cancellationToken)
    {
        _project = (await Draft.ReloadAsync(cancellationToken)).Project;
        _model = _project.Models.FirstOrDefault(model => model.Id == ModelId);
        if (_model is null)
            return null;
        var apps = _project.Apps.Where(app => Services.Apps.Connectors.Find(app.Type)?.Declaration.Destinations is [_, ..]).ToList();
        if (apps.Count > 0)
            ChooseApp(apps[0].Id);
        await CountAsync(cancellationToken);
        return new(_model, apps);
    }

    private void ChooseApp(string app)
    {
        _app = app;
        ChooseKind(Kinds.Count > 0 ? Kinds[0].Id : "");
    }

    private void ChooseKind(string kind)
    {
        _kind = kind;
        if (Kind is { } chosen && !chosen.SyncModes.HasFlag(_mode))
            _mode = SyncModes.None;
        if (!_isNamed)
            _name = Kind is null ? "" : $"{AppName} {Kind.Name.ToLowerInvariant()}";
    }

    private void Named(string name) => (_name, _isNamed) = (name, true);

    private async Task ChooseGroupAsync(string group)
    {
        _group = group;
        await CountAsync(default);
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var records = Services.DraftData.Records;
            _wanted = _group.Length == 0
                ? (await records.LoadedAsync(_model!, cancellationToken)).Records // loaded before anything can be chosen
                : (await records.GroupCountAsync(_project!, _model!, RecordQuery.InGroup(_group), cancellationToken)).Count; // likewise
        }
        catch (PenstockException)
        {
            _wanted = null; // the numbers are a help; without them the page says to load the data
        }
    }

    private async Task CreateAsync()
    {
        if (_isBusy || Kind is not { } kind || _project is null || _model is null)
            return;
        (_isBusy, _problem) = (true, null);
        try
        {
            var name = _name.Trim();
            var id = DestinationIds.Propose(name, (await Draft.ReloadAsync(default)).Project.Destinations.Select(one => one.Id));
            var destination = new Destination(id, _app, _model.Id)
            {
                Name = name,
                Kind = kind.Id,
                IsEnabled = false,
                GroupId = _group.Length == 0 ? null : _group,
                SyncMode = _mode,
                Removal = _mode == SyncModes.Sync && kind.Removals.Count > 0 ? kind.Removals[0].Name : "",
                Mapping = [new(kind.Key.Name, IsCustom: false) { Property = MappingEdits.KeyProperty(_model)?.Id }],
            };
            var isMade = await Draft.EditAsync(
                ProjectThings.Destination(id), project => project with { Destinations = [.. project.Destinations, destination] }, default);
            if (isMade)
                Navigation.NavigateTo($"/models/{ModelId}/destinations/{id}");
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

    private Declaration? DeclarationOf(string app) => _project?.Apps.FirstOrDefault(one => one.Id == app) is { } found
        ? Services.Apps.Connectors.Find(found.Type)?.Declaration : null;

    private string NameOf(Engine.Configuration.App app) => Services.Apps.Connectors.Find(app.Type)?.Declaration.Name ?? app.Type;

    private sealed record Choice(Model Model, IReadOnlyList<Engine.Configuration.App> Apps);
}
