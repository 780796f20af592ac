using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>One destination while somebody edits it: as it is on the screen, and what is saved of it. Made by its page.</summary>
public sealed class DestinationEditing : IDisposable
{
    /// <summary>How long typing may pause before what was typed is saved.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly DraftEditor _draft;
    private readonly ControlServices _services;
    private readonly ITimer _timer;
    private readonly Queue<Func<Destination, Destination>> _unsaved = [];
    private DraftState _state;
    private Task _saving = Task.CompletedTask;
    private bool _isOwn = true;
    private bool _isGone;

    private DestinationEditing(DraftEditor draft, ControlServices services, TimeProvider time, DraftState state, Destination destination)
    {
        (_draft, _services, _state, Destination) = (draft, services, state, destination);
        _timer = time.CreateTimer(_ => _ = SaveAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised when something is another than before; on any thread.</summary>
    public event Action? Changed;

    /// <summary>The destination as it is on the screen.</summary>
    public Destination Destination { get; private set; }

    /// <summary>The draft as this person saw it last.</summary>
    public DraftState State => _state;

    /// <summary>The draft's project with the destination as it is on the screen.</summary>
    public Project Project => Replace(_state.Project, _ => Destination);

    /// <summary>Its model.</summary>
    public Model Model => _state.Project.Models.First(model => model.Id == Destination.ModelId); // the page checked that there is one

    /// <summary>What its app's connector says of itself.</summary>
    public required Declaration Connector { get; init; }

    /// <summary>What its kind says of itself.</summary>
    public required DestinationKind Kind { get; init; }

    /// <summary>What is loaded of its model.</summary>
    public required LoadedModel Loaded { get; set; }

    /// <summary>The types of the model's properties, where known.</summary>
    public required IReadOnlyDictionary<string, DataType> Types { get; set; }

    /// <summary>What it has at the far end.</summary>
    public required DeliveredCount Delivered { get; set; }

    /// <summary>Whether somebody else changed it since this person saw it.</summary>
    public bool IsOutdated { get; private set; }

    /// <summary>Whether something waits to be saved.</summary>
    public bool IsUnsaved => _unsaved.Count > 0;

    /// <summary>Why the last change could not be saved; null when it could.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The word of the destination in the draft.</summary>
    public string Thing => ProjectThings.Destination(Destination.Id);

    /// <summary>The problems of the saved draft that belong to the destination.</summary>
    public IReadOnlyList<Problem> Problems => [.. _state.Problems.Where(problem => problem.Path is { } path
        && (path == Path || path.StartsWith(Path + ".", StringComparison.Ordinal)))];

    /// <summary>The problems of the saved draft that keep it from being planned but lie elsewhere.</summary>
    public IReadOnlyList<Problem> OtherProblems =>
        [.. _state.Problems.Except(Problems).Where(problem => problem.Severity == Contract.Severity.Error)];

    /// <summary>Whether the destination differs from the published one.</summary>
    public bool IsChanged => _state.Things.TryGetValue(Thing, out var stamp) && stamp.IsChanged;

    private string Path => "destinations." + Destination.Id;

    /// <summary>Reads a destination of the draft; null when the draft has none of that id and model.</summary>
    public static async Task<DestinationEditing?> OpenAsync(
        DraftEditor draft, ControlServices services, TimeProvider time, string model, string id, CancellationToken cancellationToken)
    {
        var state = await draft.ReloadAsync(cancellationToken);
        var destination = state.Project.Destinations.FirstOrDefault(one => one.Id == id && one.ModelId == model);
        var found = state.Project.Models.FirstOrDefault(one => one.Id == model);
        var app = state.Project.Apps.FirstOrDefault(one => one.Id == destination?.AppId);
        if (destination is null || found is null || app is null || services.Apps.Connectors.Find(app.Type) is not { } connector)
            return null;
        var kinds = connector.Declaration.Destinations;
        if (kinds.Count == 0)
            return null;
        return new(draft, services, time, state, destination)
        {
            Connector = connector.Declaration,
            Kind = kinds.FirstOrDefault(kind => kind.Id == destination.Kind) ?? kinds[0],
            Loaded = await services.DraftData.Records.LoadedAsync(found, cancellationToken),
            Types = await services.DraftData.Records.TypesAsync(found, cancellationToken),
            Delivered = (await services.Inspectors.Records.DeliveredAsync(found, [id], cancellationToken))[0],
        };
    }

    /// <summary>Changes it on the screen at once, and in the draft as soon as typing pauses.</summary>
    public void Change(Func<Destination, Destination> edit)
    {
        Destination = edit(Destination);
        lock (_unsaved)
            _unsaved.Enqueue(edit);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
        Changed?.Invoke();
    }

    /// <summary>Saves what is not saved yet.</summary>
    public Task SaveAsync() => _saving = SaveAfterAsync(_saving);

    /// <summary>Saves before something is done with it that can't be undone.</summary>
    /// <returns>False when it could not be saved, or when somebody else was faster: what is shown then is not what this person
    /// decided on.</returns>
    public async Task<bool> SavedAsync()
    {
        _isOwn = true;
        await SaveAsync();
        return _isOwn && Problem is null;
    }

    /// <summary>Reads what is loaded and delivered anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Loaded = await _services.DraftData.Records.LoadedAsync(Model, cancellationToken);
        Types = await _services.DraftData.Records.TypesAsync(Model, cancellationToken);
        Delivered = (await _services.Inspectors.Records.DeliveredAsync(Model, [Destination.Id], cancellationToken))[0];
        Changed?.Invoke();
    }

    /// <summary>Looks whether somebody else changed it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = await _services.Drafts.GetAsync(cancellationToken);
        var seen = await _draft.StateAsync(cancellationToken);
        IsOutdated = now.Etag(Thing) != seen.Etag(Thing);
        Changed?.Invoke();
    }

    /// <summary>Shows it as it is now, whoever changed it.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        Show(await _draft.ReloadAsync(cancellationToken));
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isGone = true;
        _timer.Dispose();
        _ = SaveAsync(); // what was typed last is not lost when the page is left
    }

    private async Task SaveAfterAsync(Task before)
    {
        await before;
        List<Func<Destination, Destination>> edits;
        lock (_unsaved)
        {
            edits = [.. _unsaved];
            _unsaved.Clear();
        }

        if (edits.Count == 0)
            return;
        try
        {
            var isSaved = await _draft.EditAsync(
                Thing,
                project => Replace(project, found => edits.Aggregate(found, (current, edit) => edit(current))),
                CancellationToken.None);
            Problem = null;
            _state = await _draft.StateAsync(CancellationToken.None);
            if (!isSaved)
            {
                _isOwn = false;
                Show(_state);
            }
        }
        catch (PenstockException exception)
        {
            Problem = exception.Problem;
        }
        catch (ObjectDisposedException) when (_isGone)
        {
            return; // the circuit ended meanwhile
        }

        if (!_isGone)
            Changed?.Invoke();
    }

    private void Show(DraftState state)
    {
        _state = state;
        IsOutdated = false;
        if (state.Project.Destinations.FirstOrDefault(one => one.Id == Destination.Id) is { } now)
            Destination = now;
    }

    private Project Replace(Project project, Func<Destination, Destination> edit) => project with
    {
        Destinations = [.. project.Destinations.Select(one => one.Id == Destination.Id ? edit(one) : one)],
    };
}
