using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Control.Database;

/// <summary>Keeps runs: a row from the moment one starts, completed when it ends, marked interrupted when its process is gone.</summary>
internal sealed class RunHistory(ControlDatabase database, TimeProvider time)
{
    private static readonly string Running = RunMapping.Word(KeptStatus.Running);

    // The statuses of a run that held the workspace; a failed one may have been turned away.
    private static readonly string[] Held =
        [.. new[] { KeptStatus.Succeeded, KeptStatus.Partial, KeptStatus.Waiting, KeptStatus.Cancelled }.Select(RunMapping.Word)];

    /// <summary>Notes that a run starts.</summary>
    /// <returns>Its id.</returns>
    public Task<string> BeginAsync(string model, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            await MarkInterruptedAsync(context, cancellationToken);
            var run = new Run { Model = model, Status = Running, StartedAt = time.GetUtcNow(), Owner = RunOwner.Current() };
            context.Runs.Add(run);
            await context.SaveChangesAsync(cancellationToken);
            return run.Id.ToString(CultureInfo.InvariantCulture);
        },
        cancellationToken);

    /// <summary>Notes what a run came to.</summary>
    public Task FinishAsync(string id, RunResult result, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var run = await context.Runs.SingleAsync(run => run.Id == Number(id), cancellationToken);
            RunMapping.Complete(run, result);
            await context.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Notes that a run was ended by a defect.</summary>
    public Task FailAsync(string id, Problem problem, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var run = await context.Runs.SingleAsync(run => run.Id == Number(id), cancellationToken);
            run.Status = RunMapping.Word(KeptStatus.Failed);
            run.Seconds = (time.GetUtcNow() - run.StartedAt).TotalSeconds;
            run.Problem = RunMapping.Write(problem);
            await context.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>The last runs, newest first, without steps and reasons.</summary>
    public async Task<IReadOnlyList<KeptRun>> ListAsync(int limit, CancellationToken cancellationToken) =>
        (await ListAsync(new RunFilter { Limit = limit }, cancellationToken)).Runs;

    /// <summary>A page of runs, newest first, without steps, reasons and plans.</summary>
    public async Task<RunPage> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        if (!database.Exists)
            return new([], null);
        return await database.UseAsync(
            async context =>
            {
                await MarkInterruptedAsync(context, cancellationToken);
                var limit = Math.Clamp(filter.Limit, 1, RunFilter.MostRuns);
                var runs = await RunRows.ReadAsync(Matching(context, filter).OrderByDescending(run => run.Id).Take(limit + 1),
                    cancellationToken);
                var next = runs.Count > limit ? runs[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
                var page = runs.Take(limit).ToList();
                await RunRows.AddDestinationsAsync(context, page, cancellationToken);
                return new RunPage(page.ConvertAll(RunMapping.Show), next);
            },
            cancellationToken);
    }

    /// <summary>The runs that go on or wait, oldest first.</summary>
    public async Task<IReadOnlyList<KeptRun>> OpenAsync(CancellationToken cancellationToken)
    {
        if (!database.Exists)
            return [];
        return await database.UseAsync(
            async context =>
            {
                await MarkInterruptedAsync(context, cancellationToken);
                var queued = RunMapping.Word(KeptStatus.Queued);
                var runs = await RunRows.ReadAsync(
                    context.Runs.Where(run => run.Status == Running || run.Status == queued).OrderBy(run => run.Id), cancellationToken);
                return runs.ConvertAll(RunMapping.Show);
            },
            cancellationToken);
    }

    /// <summary>One run with all that is known of it; null when there is none.</summary>
    public async Task<KeptRun?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!database.Exists || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return await database.UseAsync(
            async context =>
            {
                await MarkInterruptedAsync(context, cancellationToken);
                var run = await context.Runs.AsNoTracking().AsSplitQuery()
                    .Include(run => run.Steps).Include(run => run.Destinations).ThenInclude(destination => destination.Reasons)
                    .SingleOrDefaultAsync(run => run.Id == number, cancellationToken);
                return run is null ? null : RunMapping.Show(run);
            },
            cancellationToken);
    }

    // Only one run per model holds the workspace, so a run of the model that finished after another began shows the other to be gone even
    // when it ran on another machine, where its process can't be looked for.
    private static async Task MarkInterruptedAsync(ControlContext context, CancellationToken cancellationToken)
    {
        // A server's runs have a lease, and are taken over by another.
        var running = await context.Runs.Where(run => run.Status == Running && run.LeaseUntil == null).ToListAsync(cancellationToken);
        foreach (var run in running)
        {
            var overtaken = await context.Runs.AnyAsync(
                later => later.Model == run.Model && later.Id > run.Id && Held.Contains(later.Status), cancellationToken);
            if (overtaken || RunOwner.IsGone(run.Owner))
                run.Status = RunMapping.Word(KeptStatus.Interrupted);
        }

        if (context.ChangeTracker.HasChanges())
            await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    private static IQueryable<Run> Matching(ControlContext context, RunFilter filter)
    {
        var runs = context.Runs.AsNoTracking();
        if (filter.Model is { } model)
            runs = runs.Where(run => run.Model == model);
        if (filter.Statuses is { Count: > 0 } statuses)
        {
            var words = statuses.Select(RunMapping.Word).ToList();
            runs = runs.Where(run => words.Contains(run.Status));
        }

        if (filter.From is { } from)
            runs = runs.Where(run => run.StartedAt >= from);
        if (filter.To is { } to)
            runs = runs.Where(run => run.StartedAt < to);
        if (filter.After is { } after)
        {
            var id = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            runs = runs.Where(run => run.Id < id);
        }

        return runs;
    }

    private static long Number(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
