using Microsoft.EntityFrameworkCore;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Settings;

namespace Penstock.Control.Retention;

/// <summary>Deletes what is older than it is kept: a little at a time, so that nobody waits for it.</summary>
public sealed class RetentionService
{
    private const int Batch = 500;
    private static readonly TimeSpan Keys = TimeSpan.FromHours(24);
    private readonly ControlDatabase _database;
    private readonly SettingsService _settings;
    private readonly TimeProvider _time;

    internal RetentionService(ControlDatabase database, SettingsService settings, TimeProvider time) =>
        (_database, _settings, _time) = (database, settings, time);

    /// <summary>Deletes it; the scheduler does so each day.</summary>
    /// <returns>How many runs.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var settings = await _settings.GetAsync(cancellationToken);
        var now = _time.GetUtcNow();
        var (keys, messages) = (now - Keys, now - TimeSpan.FromDays(settings.KeepMessagesDays));
        await _database.UseAsync(
            async context =>
            {
                await context.IdempotencyKeys.Where(key => key.At < keys).ExecuteDeleteAsync(cancellationToken);
                await context.Messages.Where(message => message.At < messages).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
        var models = await _database.UseAsync(
            context => context.Runs.Select(run => run.Model).Distinct().ToListAsync(cancellationToken), cancellationToken);
        var count = 0;
        foreach (var model in models)
            count += await RunAsync(model, now - TimeSpan.FromDays(settings.KeepRunsDays), settings.KeepRuns, cancellationToken);
        return count;
    }

    private async Task<int> RunAsync(string model, DateTimeOffset before, int keep, CancellationToken cancellationToken)
    {
        string[] open = [RunMapping.Word(KeptStatus.Running), RunMapping.Word(KeptStatus.Queued)];
        for (var count = 0; ;)
        {
            var deleted = await _database.UseAsync(
                async context =>
                {
                    var last = await context.Runs.Where(run => run.Model == model).OrderByDescending(run => run.Id).Skip(keep)
                        .Select(run => (long?)run.Id).FirstOrDefaultAsync(cancellationToken);
                    var ids = await context.Runs
                        .Where(run => run.Model == model && run.Id <= last && run.StartedAt < before && !open.Contains(run.Status))
                        .OrderBy(run => run.Id).Select(run => run.Id).Take(Batch).ToListAsync(cancellationToken);
                    return await context.Runs.Where(run => ids.Contains(run.Id)).ExecuteDeleteAsync(cancellationToken);
                },
                cancellationToken);
            count += deleted;
            if (deleted < Batch)
                return count;
        }
    }
}
