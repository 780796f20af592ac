using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Engine.Runs;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>The plan, one record as a trial, and the switch.</summary>
public sealed partial class ReviewTab : ComponentBase, IDisposable
{
    private DateTimeOffset? _refreshedFor;

    /// <summary>The destination as it is edited.</summary>
    [Parameter, EditorRequired]
    public required DestinationEditing Editing { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    private DraftPlan? Plan => Services.DraftPlans.Of(Editing.Destination.Id);

    private IReadOnlyList<Problem> Blocking =>
        [.. Editing.Problems.Concat(Editing.OtherProblems).Where(problem => problem.Severity == Contract.Severity.Error)];

    private bool CanPlan => Editing.State.Valid is not null;

    private bool IsPlanOld => Plan is { } plan && !ReferenceEquals(plan.Destination, Editing.Destination)
        && plan.Destination with { IsEnabled = Editing.Destination.IsEnabled } is var planned && !IsSame(planned);

    /// <inheritdoc/>
    public void Dispose() => Services.DraftPlans.Changed -= OnPlan;

    /// <inheritdoc/>
    protected override void OnInitialized() => Services.DraftPlans.Changed += OnPlan;

    private static double Share(DraftPlan plan) =>
        plan.Progress is { Total: > 0 } progress ? 100.0 * progress.Done / progress.Total.Value : 0;

    // Records with lists don't compare by content, their text does.
    private bool IsSame(Engine.Configuration.Destination planned)
    {
        var project = Editing.Project;
        var thing = Editing.Thing;
        var then = project with { Destinations = [.. project.Destinations.Select(one => one.Id == planned.Id ? planned : one)] };
        return Engine.Configuration.ProjectThings.Texts(then)[thing] == Engine.Configuration.ProjectThings.Texts(project)[thing];
    }

    private async Task PlanAsync()
    {
        await Editing.SaveAsync();
        if (Editing.State.Valid is { } valid
            && valid.Destinations.FirstOrDefault(one => one.Id == Editing.Destination.Id) is { } destination)
            Services.DraftPlans.Start(valid, destination);
    }

    private string StepWords(RunProgress? progress) => progress?.Step switch
    {
        RunStep.Refresh => T["Reading the source: {0} rows", Numbers.Grouped(progress.Done)],
        RunStep.Build => T["Building the records"],
        RunStep.Plan => T["Comparing with what was delivered"],
        _ => T["Beginning"],
    };

    private void OnPlan(object? sender, EventArgs args) => _ = InvokeAsync(async () =>
    {
        // A plan reads the sources: its records are there to choose from now.
        if (Plan is { IsRunning: false, Result: not null } plan && _refreshedFor != plan.StartedAt)
        {
            _refreshedFor = plan.StartedAt;
            await Editing.RefreshAsync(default);
        }

        StateHasChanged();
    });
}
