using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Runs;

/// <summary>One run: live while it goes on, and what it came to.</summary>
public sealed partial class RunDetail : ComponentBase, IDisposable
{
    private CancellationTokenSource _watching = new();
    private Loadable<KeptRun>? _loadable;
    private LiveRun? _live;
    private Project? _project;
    private string? _watched;

    /// <summary>The run's number.</summary>
    [Parameter]
    public required string Id { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private Acting Acting { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose()
    {
        _watching.Cancel();
        _watching.Dispose();
    }

    private async Task<KeptRun?> LoadAsync(CancellationToken cancellationToken)
    {
        _project = (await Services.CurrentProject(cancellationToken)).Project;
        var run = await Services.Inspection.RunAsync(Id, cancellationToken);
        if (_watched != Id)
        {
            _watched = Id;
            _live = null;
            await _watching.CancelAsync();
            _watching.Dispose();
            _watching = new();
            if (run.Status is KeptStatus.Queued or KeptStatus.Running)
                _ = WatchAsync(_watching.Token);
        }

        return run;
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var picture in Services.Coordinator.WatchAsync(Id, cancellationToken))
            {
                await InvokeAsync(async () =>
                {
                    _live = picture;
                    if (picture.IsFinal && _loadable is { } loadable)
                        await loadable.ReloadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or PenstockException or ObjectDisposedException)
        {
            // The page is gone, or the server stops.
        }
    }

    private Task CancelAsync() => Acting.DoAsync(actor => Services.Coordinator.CancelAsync(actor, Id, default), T["Cancelling"], default);

    private void GoTo(string run) => Navigation.NavigateTo($"/runs/{run}");

    private string Subtitle(KeptRun run)
    {
        var parts = new List<string> { T[RunWords.Of(run.Trigger)] };
        if (run.RequestedBy is { } who)
            parts.Add(who);
        if (run.Revision is { } revision)
            parts.Add(T["revision {0}", revision]);
        if (run.Ask.Full)
            parts.Add(T["everything sent anew"]);
        if (run.Elapsed > TimeSpan.Zero)
            parts.Add(Numbers.Elapsed(run.Elapsed));
        if (run.CancelledBy is { } canceller)
            parts.Add(T["cancelled by {0}", canceller]);
        return string.Join(" · ", parts);
    }
}
