using Microsoft.EntityFrameworkCore;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Running;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Schedules;

/// <summary>What is kept of the models' schedules: when each fired last, and whether it is paused.</summary>
internal sealed class ScheduleStates(ControlDatabase database, TimeProvider time)
{
    private readonly AuditLog _audit = new(time);

    /// <summary>All that is kept, by model.</summary>
    public Task<Dictionary<string, ModelState>> AllAsync(CancellationToken cancellationToken) => database.UseAsync(
        context => context.Models.AsNoTracking().ToDictionaryAsync(state => state.Model, cancellationToken), cancellationToken);

    /// <summary>Notes that a model is there: times before that were not missed.</summary>
    public async Task SeeAsync(string model, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(database, model, cancellationToken);
        DateTimeOffset? now = time.GetUtcNow();
        await database.UseAsync(
            context => context.Models.Where(state => state.Model == model && state.LastFiredAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(state => state.LastFiredAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>The time up to which the model has fired.</summary>
    public Task<DateTimeOffset?> LastAsync(string model, CancellationToken cancellationToken) => database.UseAsync(
        context => context.Models.Where(state => state.Model == model).Select(state => state.LastFiredAt).SingleOrDefaultAsync(
            cancellationToken),
        cancellationToken);

    /// <summary>Takes what is due for this node: however many times were missed, once.</summary>
    /// <returns>Whether there was something, and no other node took it.</returns>
    public Task<bool> ClaimAsync(Model model, TimeZoneInfo zone, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var state = await context.Models.AsNoTracking().SingleOrDefaultAsync(state => state.Model == model.Id, cancellationToken);
            var now = time.GetUtcNow();
            if (state?.LastFiredAt is not { } last || ScheduleTimes.Next(model.Schedule, zone, last) is not { } due || due > now)
                return false;
            DateTimeOffset? fired = now;
            var claimed = await context.Models.Where(row => row.Model == model.Id && row.LastFiredAt == last)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastFiredAt, fired), cancellationToken);
            return claimed == 1 && state.PausedAt is null;
        },
        cancellationToken);

    /// <summary>The answer that the model's query gave last; null before the first.</summary>
    public Task<string?> AnswerAsync(string model, CancellationToken cancellationToken) => database.UseAsync(
        context => context.Models.Where(state => state.Model == model).Select(state => state.LastAnswer).SingleOrDefaultAsync(
            cancellationToken),
        cancellationToken);

    /// <summary>Keeps the answer.</summary>
    public Task KeepAnswerAsync(string model, string answer, CancellationToken cancellationToken) => database.UseAsync(
        context => context.Models.Where(state => state.Model == model)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.LastAnswer, answer), cancellationToken),
        cancellationToken);

    /// <summary>Pauses a model.</summary>
    public async Task PauseAsync(Actor actor, string model, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(database, model, cancellationToken);
        await database.UseAsync(
            async context =>
            {
                var state = await context.Models.SingleAsync(state => state.Model == model, cancellationToken);
                if (state.PausedAt is not null)
                    return;
                (state.PausedAt, state.PausedBy) = (time.GetUtcNow(), actor.Name);
                _audit.Add(context, actor, AuditActions.ModelPaused, $"model:{model}", null, null);
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Lets a model go on.</summary>
    public async Task ResumeAsync(Actor actor, string model, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(database, model, cancellationToken);
        await database.UseAsync(
            async context =>
            {
                var state = await context.Models.SingleAsync(state => state.Model == model, cancellationToken);
                if (state.PausedAt is null)
                    return;
                (state.PausedAt, state.PausedBy, state.LastFiredAt) = (null, null, time.GetUtcNow());
                _audit.Add(context, actor, AuditActions.ModelResumed, $"model:{model}", null, null);
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }
}
