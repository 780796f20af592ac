using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Mapping;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>What one real record would get by the mapping as it is on the screen: values before and after, and the exact request.</summary>
public sealed partial class RecordPreview : ComponentBase, IDisposable
{
    private const int Most = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource _asking = new();
    private Destination? _shown;
    private DateTimeOffset? _shownOf;
    private DestinationPreview? _preview;
    private Problem? _problem;
    private RecordRow? _chosen;
    private string? _cursor;
    private bool _isStale;
    private bool _isGone;

    /// <summary>The destination as it is edited.</summary>
    [Parameter, EditorRequired]
    public required DestinationEditing Editing { get; set; }

    /// <summary>The record's key in the model; remembered in the address, which <see cref="DestinationPage"/> reads.</summary>
    [Parameter]
    public string? Record { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private TimeProvider Time { get; set; } = default!; // injected

    [Inject]
    private ILogger<RecordPreview> Logger { get; set; } = default!; // injected

    private Inspector Records => Services.DraftData.Records;

    /// <inheritdoc/>
    public void Dispose()
    {
        _isGone = true;
        _asking.Cancel();
        _asking.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Editing.Loaded.Records is null || (ReferenceEquals(_shown, Editing.Destination) && _shownOf == Editing.Loaded.BuiltAt))
            return;
        var isFirst = _shown is null;
        (_shown, _shownOf) = (Editing.Destination, Editing.Loaded.BuiltAt);
        await AskAsync(Record ?? _preview?.Record, isFirst ? TimeSpan.Zero : Pause);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A preview that can't be drawn is shown as one; the page around it lives on.")]
    private async Task AskAsync(string? record, TimeSpan pause)
    {
        await _asking.CancelAsync();
        _asking.Dispose();
        _asking = new();
        var token = _asking.Token;
        _isStale = true;
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, Time, token);
            var destination = Complete(Editing.Destination);
            var project = Editing.Project with
            {
                Destinations = [.. Editing.Project.Destinations.Select(one => one.Id == destination.Id ? destination : one)],
            };
            var preview = await Services.DraftData.Destinations.PreviewRecordAsync(project, destination, record, whole: true, token);
            if (token.IsCancellationRequested)
                return;
            (_preview, _problem) = (preview, preview.Problem);
        }
        catch (OperationCanceledException)
        {
            return; // a later one was begun, or the page is left
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
        catch (Exception exception)
        {
            _problem = Defects.Show(Logger, exception);
        }

        _isStale = false;
        if (!_isGone)
            StateHasChanged();
    }

    // What is half written is left out, so that the rest can be seen.
    private static Destination Complete(Destination destination) => destination with
    {
        Mapping = [.. destination.Mapping.Where((mapping, place) => place == 0 || MappingEdits.IsComplete(mapping))],
    };

    private async Task<IEnumerable<RecordRow>> SearchAsync(string? text, CancellationToken cancellationToken)
    {
        try
        {
            var search = _chosen is not null && text == Title(_chosen) ? null : text;
            return (await Records.RecordsAsync(Editing.Project, Editing.Model, Query(8) with { Search = search }, cancellationToken)).Rows;
        }
        catch (PenstockException)
        {
            return [];
        }
    }

    private async Task ChooseAsync(RecordRow? row)
    {
        _chosen = row;
        if (row is not null)
            await ShowAsync(row.Key);
    }

    private async Task AnotherAsync()
    {
        var page = await Records.RecordsAsync(Editing.Project, Editing.Model, Query(1) with { Cursor = _cursor }, default);
        _cursor = page.Next;
        if (page.Rows.Count == 0)
            return;
        if (page.Rows[0].Key == _preview?.Record && _cursor is not null)
        {
            await AnotherAsync();
            return;
        }

        await ChooseAsync(page.Rows[0]);
    }

    private async Task ShowAsync(string key)
    {
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("record", key), new NavigationOptions { ReplaceHistoryEntry = true });
        await AskAsync(key, TimeSpan.Zero);
    }

    private RecordQuery Query(int limit) => new()
    {
        Limit = limit,
        Rule = Editing.Destination.GroupId is { } group ? RecordQuery.InGroup(group) : null,
    };

    private string ActWords(DestinationPreview preview) => preview.Act switch
    {
        "create" => T["Would be created"],
        "update" => T["Would be updated"],
        "rename" => T["Would get another key"],
        "remove" => T["Would be removed"],
        "skip" => T["Would be left out"],
        "refuse" => T["Would be refused"],
        _ => T["Is there as it should be"],
    };

    private static string Title(RecordRow row) => row.Display is { Length: > 0 } display ? $"{display} · {row.Key}" : row.Key;

    private static string PathOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.PathAndQuery : address;

    private static string HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority : "";
}
