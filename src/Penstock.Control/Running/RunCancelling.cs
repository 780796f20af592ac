using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;

namespace Penstock.Control.Running;

/// <summary>Notes on a run's row that somebody wants it cancelled; the node that carries it out reads it there.</summary>
internal sealed class RunCancelling(ControlDatabase database, TimeProvider time)
{
    private readonly AuditLog _audit = new(time);

    /// <summary>Notes it: a run that waits is cancelled by that.</summary>
    /// <returns>Whether it is to be aborted, since it was asked for before.</returns>
    /// <exception cref="PenstockException">There is no such run, or it has ended.</exception>
    public Task<bool> NoteAsync(Actor actor, string runId, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            var id = long.TryParse(runId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var model = await context.Runs.Where(run => run.Id == id).Select(run => run.Model).SingleOrDefaultAsync(cancellationToken)
                ?? throw new PenstockException(ControlProblems.UnknownRun.Of($"There is no run {runId}.",
                    "The list of runs has them all."));
            await ModelStates.LockAsync(context, model, cancellationToken); // or it starts, or ends, meanwhile
            var run = await context.Runs.SingleAsync(run => run.Id == id, cancellationToken);
            var isWaiting = run.Status == RunMapping.Word(KeptStatus.Queued);
            var isRunning = run.Status == RunMapping.Word(KeptStatus.Running);
            if (!isWaiting && !isRunning)
                throw new PenstockException(RunningProblems.Ended.Of($"The run {runId} has ended already.", "Look at the run to see how."));
            var abort = run.CancelledBy is not null;
            run.CancelledBy = abort ? run.CancelledBy!.TrimEnd('!') + "!" : actor.Name.TrimEnd('!'); // the mark is the second word
            if (isWaiting)
                run.Status = RunMapping.Word(KeptStatus.Cancelled);
            _audit.Add(context, actor, AuditActions.RunCancelled, $"run:{runId}", null, new { Model = model, Abort = abort });
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return abort;
        },
        cancellationToken);
}
