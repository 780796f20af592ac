using System.Collections.Concurrent;
using Penstock.Contract;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Schedules;

/// <summary>When a model runs next by itself.</summary>
/// <param name="Model">The model.</param>
/// <param name="Next">The next time of a run, or of asking the query; null when it has none.</param>
/// <param name="After">The model that it runs after; null for none.</param>
/// <param name="PausedAt">When somebody paused it; null while it is not paused.</param>
/// <param name="PausedBy">Who paused it.</param>
public sealed record NextRun(string Model, DateTimeOffset? Next, string? After, DateTimeOffset? PausedAt, string? PausedBy)
{
    /// <summary>The schedule; null for by hand or through the API only.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Why the schedule's query could not be asked last time; null when it could.</summary>
    public Problem? QueryProblem { get; init; }
}

/// <summary>
/// Starts runs at the times of the models' schedules. The timers are Quartz's; what has fired is kept with the model, so that a time that
/// was missed fires once, and a time fires at one node only.
/// </summary>
public sealed class Scheduler : IAsyncDisposable
{
    private readonly RunParts _parts;
    private readonly RunCoordinator _coordinator;
    private readonly ScheduleStates _states;
    private readonly ConcurrentDictionary<string, Problem> _queryProblems = new(StringComparer.Ordinal);
    private readonly List<DailyWork> _daily = [];
    private Timers? _timers;
    private Project? _project;

    internal Scheduler(RunParts parts, RunCoordinator coordinator) =>
        (_parts, _coordinator, _states) = (parts, coordinator, new(parts.Database, parts.Time));

    /// <summary>Begins: reads the newest revision and fires once what was missed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _timers = await Timers.StartAsync(_parts.Time, FireAsync, cancellationToken);
        foreach (var work in _daily)
            await _timers.SetAsync(work.Name, _parts.Time.GetUtcNow() + work.FirstAfter, cancellationToken);
        try
        {
            await ReloadAsync((await _parts.Current(cancellationToken)).Project, cancellationToken);
        }
        catch (PenstockException exception)
        {
            // No project yet, or one with mistakes: the server runs all the same, and is told of the next revision.
            _parts.Logger.NoSchedules(exception.Problem.Code, exception.Problem.Message);
        }
    }

    /// <summary>Stops firing.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timers is { } timers)
            await timers.StopAsync(cancellationToken);
        _timers = null;
    }

    /// <summary>Takes the schedules of a project over: to be called whenever a revision is published.</summary>
    public async Task ReloadAsync(Project project, CancellationToken cancellationToken)
    {
        var before = _project;
        _project = project;
        foreach (var model in project.Models)
        {
            await _states.SeeAsync(model.Id, cancellationToken);
            await SetAsync(project, model, cancellationToken);
        }

        foreach (var gone in before?.Models.Where(model => project.Models.All(other => other.Id != model.Id)) ?? [])
        {
            if (_timers is { } timers)
                await timers.SetAsync(gone.Id, null, cancellationToken);
        }
    }

    /// <summary>When each model of the project runs next by itself.</summary>
    public async Task<IReadOnlyList<NextRun>> NextAsync(CancellationToken cancellationToken)
    {
        var project = _project ?? (await _parts.Current(cancellationToken)).Project;
        var states = await _states.AllAsync(cancellationToken);
        var now = _parts.Time.GetUtcNow();
        return
        [
            .. project.Models.Select(model =>
            {
                var state = states.GetValueOrDefault(model.Id);
                var next = state?.PausedAt is null ? ScheduleTimes.Next(model.Schedule, project.TimeZone, now) : null;
                return new NextRun(model.Id, next, (model.Schedule as AfterSchedule)?.ModelId, state?.PausedAt, state?.PausedBy)
                {
                    Schedule = model.Schedule,
                    QueryProblem = _queryProblems.GetValueOrDefault(model.Id),
                };
            }),
        ];
    }

    /// <summary>Keeps a model from running by itself until it is resumed; runs by hand go on. Survives restarts.</summary>
    /// <exception cref="PenstockException">There is no such model.</exception>
    public async Task PauseAsync(Actor actor, string modelId, CancellationToken cancellationToken)
    {
        var model = Named.Model((await _parts.Current(cancellationToken)).Project, modelId);
        await _states.PauseAsync(actor, model.Id, cancellationToken);
    }

    /// <summary>Lets a model run by itself again, from its next time on.</summary>
    /// <exception cref="PenstockException">There is no such model.</exception>
    public async Task ResumeAsync(Actor actor, string modelId, CancellationToken cancellationToken)
    {
        var model = Named.Model((await _parts.Current(cancellationToken)).Project, modelId);
        await _states.ResumeAsync(actor, model.Id, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    /// <summary>Adds something to be done each day; before <see cref="StartAsync"/>.</summary>
    internal void Every(string name, TimeSpan length, TimeSpan firstAfter, Func<CancellationToken, Task> work) =>
        _daily.Add(new("." + name, length, firstAfter, work)); // no model's id begins with a point

    /// <summary>Fires what is due of a model, or other work, and sets its next time.</summary>
    internal async Task FireAsync(string name, CancellationToken cancellationToken)
    {
        if (_daily.Find(work => work.Name == name) is { } daily)
        {
            try
            {
                await daily.Work(cancellationToken);
            }
            catch (PenstockException exception)
            {
                _parts.Logger.NotFired(name, exception.Problem.Code, exception.Problem.Message);
            }

            if (_timers is { } timers)
                await timers.SetAsync(name, _parts.Time.GetUtcNow() + daily.Length, cancellationToken);
        }
        else if (_project is { } project && project.Models.FirstOrDefault(model => model.Id == name) is { } model)
        {
            var retry = false;
            try
            {
                await FireAsync(project, model, cancellationToken);
            }
            catch (PenstockException exception)
            {
                _parts.Logger.NotFired(name, exception.Problem.Code, exception.Problem.Message);
                retry = true;
            }

            await SetAsync(project, model, cancellationToken, retry);
        }
    }

    private async Task FireAsync(Project project, Model model, CancellationToken cancellationToken)
    {
        if (!await _states.ClaimAsync(model, project.TimeZone, cancellationToken))
            return;
        var trigger = RunTrigger.Schedule;
        string? answer = null;
        if (model.Schedule is ChangeSchedule change)
        {
            try
            {
                answer = await _parts.Runner.AnswerAsync(project, change.AppId, change.Query, cancellationToken);
                _queryProblems.TryRemove(model.Id, out _);
            }
            catch (PenstockException exception)
            {
                _queryProblems[model.Id] = exception.Problem;
                throw;
            }

            if (answer == await _states.AnswerAsync(model.Id, cancellationToken))
                return;
            trigger = RunTrigger.Query;
        }

        await _coordinator.EnqueueAsync(Actor.System, model.Id, new() { Trigger = trigger }, cancellationToken);
        if (answer is not null)
            await _states.KeepAnswerAsync(model.Id, answer, cancellationToken); // after the run waits: a run too many does no harm
    }

    private async Task SetAsync(Project project, Model model, CancellationToken cancellationToken, bool retry = false)
    {
        if (_timers is not { } timers)
            return;
        var now = _parts.Time.GetUtcNow();
        var due = await DueAsync(project, model, cancellationToken);
        var at = retry ? now + TimeSpan.FromMinutes(1) : due < now ? now : due;
        await timers.SetAsync(model.Id, at, cancellationToken);
    }

    // The time after the one that fired last: one that has passed is a time that was missed.
    private async Task<DateTimeOffset?> DueAsync(Project project, Model model, CancellationToken cancellationToken)
    {
        try
        {
            var last = await _states.LastAsync(model.Id, cancellationToken);
            return ScheduleTimes.Next(model.Schedule, project.TimeZone, last ?? _parts.Time.GetUtcNow());
        }
        catch (PenstockException)
        {
            return ScheduleTimes.Next(model.Schedule, project.TimeZone, _parts.Time.GetUtcNow());
        }
    }

    private sealed record DailyWork(string Name, TimeSpan Length, TimeSpan FirstAfter, Func<CancellationToken, Task> Work);
}
