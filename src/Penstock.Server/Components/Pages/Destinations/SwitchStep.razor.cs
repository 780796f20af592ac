using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Running;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Shared;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>Switches a destination on or off, publishes that, runs it, or removes it.</summary>
public sealed partial class SwitchStep : ComponentBase
{
    private Control.Revisions.Changes? _changes; // the area of that name has a namespace of its own
    private long? _comparedVersion;
    private RevisionInfo? _published;
    private Problem? _problem;
    private string _comment = "";
    private bool _isBusy;
    private bool _wasOff;

    /// <summary>The destination as it is edited.</summary>
    [Parameter, EditorRequired]
    public required DestinationEditing Editing { get; set; }

    /// <summary>Whether somebody could look at a plan of it as it is.</summary>
    [Parameter]
    public bool HasPlan { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!Editing.IsChanged || _comparedVersion == Editing.State.Version)
            return;
        _comparedVersion = Editing.State.Version;
        await TryAsync(async () => _changes = await Services.Drafts.CompareAsync(default));
    }

    private async Task SwitchAsync(bool isOn)
    {
        (_published, _wasOff) = (null, !isOn);
        Editing.Change(destination => destination with { IsEnabled = isOn });
        await Editing.SaveAsync();
    }

    private Task PublishAsync() => TryAsync(async () =>
    {
        if (!await Editing.SavedAsync())
            return;
        var comment = _comment.Trim().Length > 0 ? _comment.Trim() : Default();
        try
        {
            _published = await Services.Drafts.PublishAsync(await Actor.GetAsync(), comment, Editing.State.Version, default);
        }
        catch (PenstockException)
        {
            await Editing.TakeAsync(default); // what others changed meanwhile is shown with the difference, before the next try
            throw;
        }

        (_comment, _wasOff) = ("", false);
        await Editing.TakeAsync(default);
    });

    private string Default() => Editing.Destination.IsEnabled
        ? T["Switch on {0}", Editing.Destination.Name]
        : T["Switch off {0}", Editing.Destination.Name];

    private Task RunAsync() => TryAsync(async () =>
    {
        var run = await Services.Coordinator.EnqueueAsync(await Actor.GetAsync(), Editing.Model.Id, new RunAsk(), default);
        Navigation.NavigateTo($"/runs/{run}");
    });

    private Task RemoveAsync() => TryAsync(async () =>
    {
        var count = Editing.Delivered.Delivered;
        var stays = count == 0
            ? T["Nothing was delivered by it yet."].Value
            : T[
                "{0} stay in {1} as they are; Penstock forgets them.",
                Numbers.Of(count, T["record"], T["records"]),
                Editing.Connector.Name].Value;
        var parameters = new DialogParameters<ConfirmNumber>
        {
            { dialog => dialog.Title, T["Remove {0}", Editing.Destination.Name].Value },
            { dialog => dialog.Text, stays },
            { dialog => dialog.Act, T["Remove"].Value },
            { dialog => dialog.Number, count },
        };
        var dialog = await Dialogs.ShowAsync<ConfirmNumber>(null, parameters);
        if (await dialog.Result is not { Canceled: false })
            return;
        var id = Editing.Destination.Id;
        var isRemoved = await Draft.EditAsync(
            Editing.Thing, project => project with { Destinations = [.. project.Destinations.Where(one => one.Id != id)] }, default);
        if (isRemoved)
            Navigation.NavigateTo($"/models/{Editing.Model.Id}/destinations");
    });

    private async Task TryAsync(Func<Task> act)
    {
        (_isBusy, _problem) = (true, null);
        try
        {
            await act();
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

    private string KindWords(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => T["new"],
        ChangeKind.Removed => T["removed"],
        _ => T["changed"],
    };

    // Names stand between asterisks and ids between backticks; here they are plain.
    private static string Plain(string text) => text.Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
}
