using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Control;
using Penstock.Control.Running;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Schedules;

/// <summary>When a model runs.</summary>
public sealed partial class SchedulePage : ComponentBase
{
    private Loadable<ScheduleView>? _loadable;

    /// <summary>The model's id.</summary>
    [Parameter]
    public required string Model { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private Acting Acting { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    private async Task<ScheduleView?> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await Draft.ReloadAsync(cancellationToken);
        if (state.Project.Models.FirstOrDefault(model => model.Id == Model) is not { } found)
            return null;
        var published = (await Services.CurrentProject(cancellationToken)).Project.Models.FirstOrDefault(model => model.Id == Model);
        var next = published is null ? null
            : (await Services.Scheduler.NextAsync(cancellationToken)).FirstOrDefault(next => next.Model == Model);
        var path = $"models.{Model}.schedule";
        return new(
            state.Project, found, next,
            [.. state.Problems.Where(problem => problem.Path?.StartsWith(path, StringComparison.Ordinal) == true)],
            published is null || ScheduleWords.Of(published.Schedule) != ScheduleWords.Of(found.Schedule));
    }

    private async Task SaveAsync(Schedule? schedule)
    {
        await Acting.DoAsync(
            _ => Draft.EditAsync(
                ProjectThings.Model(Model),
                project => project with
                {
                    Models = [.. project.Models.Select(model => model.Id == Model ? model with { Schedule = schedule } : model)],
                },
                default),
            null, default);
        if (_loadable is not null)
            await _loadable.ReloadAsync();
    }

    private async Task PauseAsync(bool isPaused)
    {
        await Acting.DoAsync(
            actor => isPaused
                ? Services.Scheduler.PauseAsync(actor, Model, default)
                : Services.Scheduler.ResumeAsync(actor, Model, default),
            isPaused ? T["Paused: it runs by hand or through the API only."] : T["It runs at its times again."], default);
        if (_loadable is not null)
            await _loadable.ReloadAsync();
    }

    private async Task RunInFullAsync(ScheduleView view)
    {
        var served = view.Project.Destinations.Where(one => one.ModelId == Model && one.IsEnabled);
        var destinations = string.Join(", ", served.Select(one => one.Name));
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Send everything anew?"],
            destinations.Length == 0
                ? T["Everything is read anew. No destination is switched on, so nothing is sent."]
                : T[
                    "Every record is sent to {0} again with all its fields, also what has not changed: as many calls as the first time.",
                    destinations],
            yesText: T["Run in full"], cancelText: T["Cancel"]);
        if (isSure != true)
            return;
        string? run = null;
        await Acting.DoAsync(
            async actor => run = await Services.Coordinator.EnqueueAsync(actor, Model, new RunAsk { Full = true }, default), null, default);
        if (run is not null)
            Navigation.NavigateTo($"/runs/{run}");
    }
}
