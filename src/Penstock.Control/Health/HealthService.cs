using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Penstock.Control.Database;
using Penstock.Control.Notifications;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Control.Settings;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Health;

/// <summary>Says how the models stand, and tells people when that changes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to let go.")]
public sealed class HealthService
{
    private const int RunsJudged = 11; // the last one, and ten to compare it with
    private const int MostFigures = 50_000;

    private static readonly string[] WentThrough = [RunMapping.Word(KeptStatus.Succeeded), RunMapping.Word(KeptStatus.Partial)];
    private static readonly string[] Open = [RunMapping.Word(KeptStatus.Running), RunMapping.Word(KeptStatus.Queued)];

    private readonly RunParts _parts;
    private readonly RunCoordinator _coordinator;
    private readonly SettingsService _settings;
    private readonly NotificationService _notifications;
    private readonly SemaphoreSlim _checking = new(1, 1);

    internal HealthService(RunParts parts, RunCoordinator coordinator, SettingsService settings, NotificationService notifications) =>
        (_parts, _coordinator, _settings, _notifications) = (parts, coordinator, settings, notifications);

    /// <summary>How everything stands now.</summary>
    public async Task<ServerHealth> NowAsync(CancellationToken cancellationToken) =>
        new(await ModelsAsync(cancellationToken), _coordinator.DatabaseProblem);

    /// <summary>How each model of the project stands now.</summary>
    public async Task<IReadOnlyList<ModelHealth>> ModelsAsync(CancellationToken cancellationToken)
    {
        var project = (await _parts.Current(cancellationToken)).Project;
        var settings = await _settings.GetAsync(cancellationToken);
        return await _parts.Database.UseAsync(
            async context =>
            {
                var health = new List<ModelHealth>();
                foreach (var model in project.Models)
                    health.Add(await JudgeAsync(context, project, model, settings, cancellationToken));
                return health;
            },
            cancellationToken);
    }

    /// <summary>What runs came to, oldest first: for charts. At most the 50,000 newest runs of the time count.</summary>
    /// <param name="model">The model; null for all.</param>
    /// <param name="from">Runs that began then or later.</param>
    /// <param name="to">Runs that began before.</param>
    /// <param name="days">The zone whose days are counted together; null for each run by itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Figure>> FiguresAsync(
        string? model, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo? days, CancellationToken cancellationToken)
    {
        var runs = await _parts.Database.UseAsync(
            context => context.Runs.AsNoTracking()
                .Where(run => run.StartedAt >= from && run.StartedAt < to && (model == null || run.Model == model)
                    && !Open.Contains(run.Status))
                .OrderByDescending(run => run.Id).Take(MostFigures)
                .Select(run => new
                {
                    run.StartedAt,
                    run.Model,
                    run.Status,
                    run.Records,
                    Created = run.Destinations.Sum(served => served.Created),
                    Updated = run.Destinations.Sum(served => served.Updated),
                    Removed = run.Destinations.Sum(served => served.Removed),
                    Refused = run.Destinations.Sum(served => served.Refused),
                }).ToListAsync(cancellationToken),
            cancellationToken);
        var failed = RunMapping.Word(KeptStatus.Failed);
        var figures = runs.ConvertAll(run => new Figure(
            run.StartedAt, run.Model, 1, run.Status == failed ? 1 : 0, run.Records, run.Created, run.Updated, run.Removed, run.Refused));
        figures.Reverse();
        return days is null ? figures : [.. figures.GroupBy(figure => (Day: Day(figure.At, days), figure.Model)).Select(group => new Figure(
            group.Key.Day, group.Key.Model, group.Count(), group.Sum(run => run.Failed), group.Last().Records,
            group.Sum(run => run.Created),
            group.Sum(run => run.Updated), group.Sum(run => run.Removed), group.Sum(run => run.Refused)))];
    }

    /// <summary>Looks whether a model's state has changed; if so, keeps a message for each channel, and sends what is due.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        await _checking.WaitAsync(cancellationToken);
        try
        {
            foreach (var health in await ModelsAsync(cancellationToken))
            {
                if (health.State != HealthState.NeverRun)
                    await NoteAsync(health, cancellationToken);
            }

            await _notifications.SendDueAsync(cancellationToken);
        }
        finally
        {
            _checking.Release();
        }
    }

    private async Task<ModelHealth> JudgeAsync(
        ControlContext context, Project project, Model model, ServerSettings settings, CancellationToken cancellationToken)
    {
        var rows = await RunRows.ReadAsync(
            context.Runs.Where(run => run.Model == model.Id && !Open.Contains(run.Status)).OrderByDescending(run => run.Id).Take(
                RunsJudged),
            cancellationToken);
        await RunRows.AddDestinationsAsync(context, rows, cancellationToken);
        DateTimeOffset? success = await context.Runs.Where(run => run.Model == model.Id && WentThrough.Contains(run.Status))
            .OrderByDescending(run => run.Id).Select(run => (DateTimeOffset?)run.StartedAt).FirstOrDefaultAsync(cancellationToken);
        var state = await context.Models.AsNoTracking().SingleOrDefaultAsync(state => state.Model == model.Id, cancellationToken);
        var runs = rows.ConvertAll(RunMapping.Show);
        var health = HealthRules.Judge(project, model, runs, success, state?.PausedAt, settings, _parts.Time.GetUtcNow());
        return health with { Since = state?.HealthSince };
    }

    // In one transaction, by who changes the word: a change is told once, by one node.
    private async Task NoteAsync(ModelHealth health, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(_parts.Database, health.Model, cancellationToken);
        var word = health.State.ToString().ToLowerInvariant();
        await _parts.Database.UseAsync(
            async context =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                DateTimeOffset? now = _parts.Time.GetUtcNow();
                var changed = await context.Models.Where(state => state.Model == health.Model && state.Health != word).ExecuteUpdateAsync(
                    set => set.SetProperty(state => state.Health, word).SetProperty(state => state.HealthSince, now), cancellationToken);
                if (changed == 0)
                    return;
                var text = health.State == HealthState.Healthy ? $"Back to normal: {health.Text}" : $"{health.Text}\n{health.Help}";
                await _notifications.AddAsync(context, health.Model, word, text, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            },
            cancellationToken);
    }

    private static DateTimeOffset Day(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return new DateTimeOffset(local.Date, local.Offset);
    }
}
