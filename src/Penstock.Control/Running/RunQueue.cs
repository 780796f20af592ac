using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;

namespace Penstock.Control.Running;

/// <summary>The runs that wait, as rows: asked for by any node, claimed by one.</summary>
internal sealed class RunQueue(ControlDatabase database, TimeProvider time, string owner, RunningOptions options)
{
    private static readonly string Queued = RunMapping.Word(KeptStatus.Queued);
    private static readonly string Running = RunMapping.Word(KeptStatus.Running);

    private readonly AuditLog _audit = new(time);

    /// <summary>Adds a run, or finds the one that waits already for the same.</summary>
    /// <exception cref="PenstockException">The idempotency key was used for another request.</exception>
    public async Task<Run> AddAsync(Actor actor, string model, RunAsk ask, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(database, model, cancellationToken);
        return await database.UseAsync(
            async context =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                await ModelStates.LockAsync(context, model, cancellationToken);
                if (await FindAsync(context, actor, ask, cancellationToken) is { } before)
                    return before;
                var run = await AddAsync(context, actor, model, ask, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                if (ask.IdempotencyKey is { } key)
                {
                    context.IdempotencyKeys.Add(new()
                    {
                        Key = Key(actor, key),
                        RequestHash = ask.RequestHash ?? "",
                        RunId = run.Id,
                        At = time.GetUtcNow(),
                    });
                }

                if (actor.Kind != ActorKind.System)
                    _audit.Add(context, actor, Action(ask), $"model:{model}", null, new
                    {
                        Run = run.Id,
                        ask.Full,
                        ask.Destinations,
                        ask.Approvals
                    });
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return run;
            },
            cancellationToken);
    }

    /// <summary>Claims the next run whose model does not run anywhere; null when there is none.</summary>
    /// <param name="busy">Models that this node runs now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Run?> ClaimAsync(IReadOnlyCollection<string> busy, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var waiting = await context.Runs.AsNoTracking().Where(run => run.Status == Queued && !busy.Contains(run.Model))
                .OrderBy(run => run.Id).Select(run => new { run.Id, run.Model }).Take(100).ToListAsync(cancellationToken);
            foreach (var next in waiting.DistinctBy(run => run.Model))
            {
                if (await ClaimAsync(context, next.Id, next.Model, cancellationToken))
                    return await context.Runs.AsNoTracking().SingleAsync(run => run.Id == next.Id, cancellationToken);
            }

            return null;
        },
        cancellationToken);

    /// <summary>Says that runs of this node go on.</summary>
    /// <returns>Those of them that somebody has asked to cancel, perhaps at another node.</returns>
    public Task<IReadOnlyList<(long Id, string By, bool Abort)>> BeatAsync(
        IReadOnlyCollection<long> runs, CancellationToken cancellationToken) => database.UseAsync<IReadOnlyList<(long, string, bool)>>(
        async context =>
        {
            if (runs.Count == 0)
                return [];
            var until = time.GetUtcNow() + options.Lease;
            await context.Runs.Where(run => runs.Contains(run.Id) && run.Owner == owner && run.Status == Running)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.LeaseUntil, until), cancellationToken);
            var cancelled = await context.Runs.AsNoTracking().Where(run => runs.Contains(run.Id) && run.CancelledBy != null)
                .Select(run => new { run.Id, run.CancelledBy }).ToListAsync(cancellationToken);
            return cancelled.ConvertAll(run => (
                run.Id, run.CancelledBy!.TrimEnd('!'), run.CancelledBy!.EndsWith('!'))); // the query says so
        },
        cancellationToken);

    /// <summary>Marks the runs of dead nodes interrupted, and adds runs that go on from there.</summary>
    /// <param name="mayExpire">Whether a lease that is over counts: not when the database was away, since nobody could renew one
    /// then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many.</returns>
    public Task<int> TakeOverAsync(bool mayExpire, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var now = time.GetUtcNow();
            var others = await context.Runs.AsNoTracking().Where(run => run.Status == Running && run.LeaseUntil != null
                && run.Owner != owner)
                .ToListAsync(cancellationToken);
            var count = 0;
            foreach (var run in others.Where(run => RunOwner.IsGone(run.Owner) || (mayExpire && run.LeaseUntil < now)))
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                await ModelStates.LockAsync(context, run.Model, cancellationToken);
                var interrupted = RunMapping.Word(KeptStatus.Interrupted);
                var taken = await context.Runs
                    .Where(row => row.Id == run.Id && row.Status == Running && row.Owner == run.Owner && row.LeaseUntil == run.LeaseUntil)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, interrupted), cancellationToken);
                if (taken == 1)
                    await ResumeAsync(context, run, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                count += taken;
            }

            return count;
        },
        cancellationToken);

    /// <summary>Adds a run that goes on where <paramref name="cut"/> ended, unless one waits already, or the last ones were cut
    /// too.</summary>
    public async Task ResumeAsync(ControlContext context, Run cut, CancellationToken cancellationToken)
    {
        const int MostInARow = 3; // what ends the process each time must not do so for ever
        var resume = RunMapping.Word(RunTrigger.Resume);
        var last = await context.Runs.AsNoTracking().Where(run => run.Model == cut.Model && run.Id <= cut.Id)
            .OrderByDescending(run => run.Id).Take(MostInARow).Select(run => run.Trigger).ToListAsync(cancellationToken);
        if (last.Count == MostInARow && last.TrueForAll(trigger => trigger == resume))
            return;
        var ask = RunMapping.ReadAsk(cut) with { Trigger = RunTrigger.Resume, Retry = null };
        await AddAsync(context, Actor.System, cut.Model, ask, cancellationToken);
    }

    /// <summary>Adds a run to what <paramref name="context"/> saves next, or finds the one that waits already for the same.</summary>
    public async Task<Run> AddAsync(ControlContext context, Actor actor, string model, RunAsk ask, CancellationToken cancellationToken)
    {
        var (trigger, asked, now) = (RunMapping.Word(ask.Trigger), RunMapping.Write(ask), time.GetUtcNow());
        var waiting = await context.Runs.FirstOrDefaultAsync(
            run => run.Status == Queued && run.Model == model && run.Trigger == trigger && run.Options == asked, cancellationToken);
        if (waiting is not null)
            return waiting;
        var run = new Run
        {
            Model = model,
            Status = Queued,
            StartedAt = now,
            QueuedAt = now,
            Trigger = trigger,
            RequestedBy = actor.Name,
            Options = asked,
            Owner = "",
        };
        context.Runs.Add(run);
        return run;
    }

    private async Task<bool> ClaimAsync(ControlContext context, long id, string model, CancellationToken cancellationToken)
    {
        await ModelStates.EnsureAsync(database, model, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await ModelStates.LockAsync(context, model, cancellationToken);
        var running = await context.Runs.AsNoTracking().Where(run => run.Model == model && run.Status == Running)
            .Select(run => new { run.Owner, run.LeaseUntil }).ToListAsync(cancellationToken);

        // A run of the command line has no lease: one of this machine can be looked for, one elsewhere holds another workspace.
        if (running.Exists(run => run.LeaseUntil is not null || (RunOwner.IsHere(run.Owner) && !RunOwner.IsGone(run.Owner))))
            return false;
        var now = time.GetUtcNow();
        var until = now + options.Lease;
        var claimed = await context.Runs.Where(run => run.Id == id && run.Status == Queued).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.Status, Running).SetProperty(run => run.Owner, owner)
                .SetProperty(run => run.StartedAt, now).SetProperty(run => run.LeaseUntil, until),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed == 1;
    }

    private static async Task<Run?> FindAsync(ControlContext context, Actor actor, RunAsk ask, CancellationToken cancellationToken)
    {
        if (ask.IdempotencyKey is not { } given)
            return null;
        var key = Key(actor, given);
        if (await context.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(kept => kept.Key == key, cancellationToken) is not { } before)
            return null;
        if (before.RequestHash != (ask.RequestHash ?? ""))
        {
            throw new PenstockException(RunningProblems.Idempotency.Of(
                string.Create(CultureInfo.InvariantCulture,
                    $"The idempotency key was used before for another request, which made the run {before.RunId}."),
                "Use a new key for a new request, and the same one only to send the same request again."));
        }

        return await context.Runs.AsNoTracking().SingleAsync(run => run.Id == before.RunId, cancellationToken);
    }

    private static string Key(Actor actor, string key) => $"{actor.Kind}:{actor.Id}:{key}";

    private static string Action(RunAsk ask) => ask.Approvals is { Count: > 0 } ? AuditActions.RemovalsApproved
        : ask.Retry is { Count: > 0 } ? AuditActions.RowsRetried
        : AuditActions.RunRequested;
}
