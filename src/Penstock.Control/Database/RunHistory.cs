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
    public async Task<IReadOnlyList<KeptRun>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        if (!database.Exists)
            return [];
        return await database.UseAsync(
            async context =>
            {
                await MarkInterruptedAsync(context, cancellationToken);
                var runs = await context.Runs.AsNoTracking().Include(run => run.Destinations)
                    .OrderByDescending(run => run.Id).Take(limit).ToListAsync(cancellationToken);
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
        var running = await context.Runs.Where(run => run.Status == Running).ToListAsync(cancellationToken);
        foreach (var run in running)
        {
            var overtaken = await context.Runs.AnyAsync(
                later => later.Model == run.Model && later.Id > run.Id && Held.Contains(later.Status), cancellationToken);
            if (overtaken || RunOwner.IsGone(run.Owner))
                run.Status = RunMapping.Word(KeptStatus.Interrupted);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    private static long Number(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
