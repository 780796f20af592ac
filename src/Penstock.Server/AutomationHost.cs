using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Services;

namespace Penstock.Server;

/// <summary>Lets all that works by itself live as long as the server, and tells it of new revisions.</summary>
internal sealed class AutomationHost(ControlServices services, TimeProvider time, ILogger<AutomationHost> logger) : IHostedService,
    IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stopping = new();
    private QueueState _queue = new(0, 0, TimeSpan.Zero);
    private Task _looking = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await services.Automation.StartAsync(cancellationToken);
        services.Revisions.Published += Reload;
        Measures.Watch(() => _queue);
        _looking = LookAsync();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        services.Revisions.Published -= Reload;
        await _stopping.CancelAsync();
        await _looking;
        await services.Automation.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private void Reload(object? sender, PublishedEventArgs published) => _ = ReloadAsync();

    private async Task ReloadAsync()
    {
        try
        {
            var current = await services.CurrentProject(_stopping.Token);
            await services.Scheduler.ReloadAsync(current.Project, _stopping.Token);
        }
        catch (Exception exception) when (exception is PenstockException or OperationCanceledException)
        {
            logger.SchedulesNotTaken(exception);
        }
    }

    // The metrics are read in no time at all, so the database is asked beforehand.
    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                _queue = await QueueAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task<QueueState> QueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            var live = await services.Coordinator.LiveAsync(cancellationToken);
            var waiting = live.Where(run => run.Status == KeptStatus.Queued).ToList();
            var lateness = waiting.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - waiting.Min(run => run.QueuedAt);
            return new(waiting.Count, live.Count - waiting.Count, lateness);
        }
        catch (PenstockException)
        {
            return _queue; // the database is away for a moment
        }
    }
}
