using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Users;
using Penstock.Server.Components.Editing;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>One destination: mapping, groups, review, failures.</summary>
public sealed partial class DestinationPage : ComponentBase, IDisposable
{
    private DestinationEditing? _editing;
    private bool _isReadOnly = true;

    /// <summary>The model.</summary>
    [Parameter]
    public string ModelId { get; set; } = "";

    /// <summary>The destination.</summary>
    [Parameter]
    public string DestinationId { get; set; } = "";

    /// <summary>The part that is shown: mapping, groups, review or failures.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>
    /// The key of the record that is previewed. Read here and not in the tab: a component that comes and goes with the address and reads it
    /// too breaks the circuit, as the list of readers changes while it is gone through.
    /// </summary>
    [SupplyParameterFromQuery]
    public string? Record { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private TimeProvider Time { get; set; } = default!; // injected

    private string Current => Tabs.Any(tab => tab.Id == Tab) ? Tab! : "mapping"; // one of the tabs' ids is not null

    private IReadOnlyList<(string Id, string Title)> Tabs =>
        [("mapping", T["Mapping"]), ("groups", T["Groups"]), ("review", T["Review"]), ("failures", T["Failures"])];

    /// <inheritdoc/>
    public void Dispose()
    {
        Draft.Changed -= Look;
        if (_editing is not null)
            _editing.Changed -= Refresh;
        _editing?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Draft.Changed += Look;

    private async Task<DestinationEditing?> LoadAsync(CancellationToken cancellationToken)
    {
        if (_editing is not null)
            _editing.Changed -= Refresh;
        _editing?.Dispose();
        _isReadOnly = !await Actor.IsAsync(Role.Editor);
        _editing = await DestinationEditing.OpenAsync(Draft, Services, Time, ModelId, DestinationId, cancellationToken);
        if (_editing is not null)
            _editing.Changed += Refresh;
        await InvokeAsync(StateHasChanged);
        return _editing;
    }

    private string Subtitle(DestinationEditing editing)
    {
        var app = $"{editing.Connector.Name} · {editing.Destination.AppId}";
        var records = editing.Destination.GroupId is { } id
            ? T["only the group {0}", editing.Model.Groups.FirstOrDefault(group => group.Id == id)?.Name ?? id].Value
            : T["all records"].Value;
        return $"{app} · {editing.Destination.SyncMode} · {records}";
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private void Look() => _ = InvokeAsync(async () =>
    {
        try
        {
            if (_editing is { IsUnsaved: false } editing)
                await editing.LookAsync(default);
        }
        catch (PenstockException)
        {
            // The control database is away for a moment: the next edit says so.
        }
    });
}
