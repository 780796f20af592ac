using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Control.Running;
using Penstock.Engine.Workspace;

namespace Penstock.Control;

/// <summary>All that works by itself: runs, schedules, health, notifications, retention. A hosted service starts and stops it.</summary>
public sealed class Automation
{
    private readonly ControlServices _services;
    private readonly RunParts _parts;
    private Task _checking = Task.CompletedTask;
    private Task _reloading = Task.CompletedTask;
    private long _revision = -1;

    internal Automation(ControlServices services, RunParts parts) => (_services, _parts) = (services, parts);

    /// <summary>Begins: takes the settings over, lets cut runs go on, fires missed times once.</summary>
    /// <exception cref="PenstockException">The control database can't be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (coordinator, scheduler) = (_services.Coordinator, _services.Scheduler);
        _services.Settings.Changed = settings => coordinator.Change(coordinator.Options with { AtOnce = settings.ModelsAtOnce });
        _services.Settings.Changed(await _services.Settings.GetAsync(cancellationToken));
        coordinator.ModelEnded = _ => _checking = CheckAsync();
        scheduler.Every("health", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), _services.Health.CheckAsync);
        scheduler.Every("messages", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), _services.Notifications.SendDueAsync);
        scheduler.Every("revision", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), ReloadAsync);
        scheduler.Every("retention", TimeSpan.FromDays(1), TimeSpan.FromHours(1), _services.Retention.RunAsync);
        _services.Revisions.Published += OnPublished;
        await coordinator.StartAsync(cancellationToken);
        await scheduler.StartAsync(cancellationToken);
    }

    /// <summary>Stops: no time fires any more, requests in flight are finished, runs go on after the next start.</summary>
    /// <param name="cancellationToken">Ends the patience: what is in flight is aborted.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _services.Revisions.Published -= OnPublished;
        await _services.Scheduler.StopAsync(cancellationToken);
        await _services.Coordinator.StopAsync(cancellationToken);
        await _checking;
        await _reloading;
        _services.Notifications.Dispose();
    }

    // What another node published is found here; a revision that can't be read leaves the schedules as they are.
    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        var newest = await _services.Revisions.NewestNumberAsync(cancellationToken);
        if (Interlocked.Exchange(ref _revision, newest) != newest)
            await _services.Scheduler.ReloadAsync((await _services.CurrentProject(cancellationToken)).Project, cancellationToken);
    }

    private void OnPublished(object? sender, PublishedEventArgs published) => _reloading = ReloadSafelyAsync();

    private async Task ReloadSafelyAsync()
    {
        try
        {
            await ReloadAsync(CancellationToken.None);
            await _services.DraftData.DiscardAsync(CancellationToken.None);
        }
        catch (IOException exception)
        {
            // Taken away when the draft is loaded anew.
            _parts.Logger.NotFired("draft", WorkspaceProblems.Folder.Code, exception.Message);
        }
        catch (PenstockException exception)
        {
            Interlocked.Exchange(ref _revision, -1); // tried again within half a minute
            _parts.Logger.NotFired("revision", exception.Problem.Code, exception.Problem.Message);
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            await _services.Health.CheckAsync(CancellationToken.None);
        }
        catch (PenstockException exception)
        {
            _parts.Logger.NotFired("health", exception.Problem.Code, exception.Problem.Message); // looked at again within a minute
        }
    }
}
