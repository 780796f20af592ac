using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Polly;
using Polly.Retry;

namespace Penstock.Control.Running;

/// <summary>Carries a claimed run out and keeps what came of it, however long the control database is away.</summary>
internal sealed class RunExecution(RunParts parts, RunQueue queue)
{
    // Only what passes by itself: a database that is away, busy or full is there again some time.
    private static readonly string[] Passing =
        [ControlProblems.Away.Code, ControlProblems.Busy.Code, ControlProblems.DiskFull.Code, ControlProblems.NotWritable.Code,
            ControlProblems.Unusable.Code];

    private readonly ResiliencePipeline _patience = new ResiliencePipelineBuilder { TimeProvider = parts.Time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<PenstockException>(exception => Passing.Contains(exception.Problem.Code)),
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(30),
            MaxRetryAttempts = int.MaxValue,
        })
        .Build();

    /// <summary>Carries it out to its end.</summary>
    public async Task RunAsync(RunningRun run, CancellationToken cancellationToken)
    {
        CurrentProject? current = null;
        RunResult result;
        try
        {
            current = await _patience.ExecuteAsync(
                async token => await parts.Current(token), run.Cancelled);
            result = await CarryOutAsync(run, current, run.Cancelled);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested)
        {
            result = Ended(run, RunStatus.Cancelled, RunProblems.Cancelled.Of("The run was cancelled before it began.",
                "The next run begins anew."));
        }
        catch (PenstockException exception)
        {
            result = Ended(run, RunStatus.Failed, exception.Problem);
        }

        var status = result.Status == RunStatus.Cancelled && run.IsStopping ? KeptStatus.Interrupted : RunMapping.Kept(result.Status);
        var problem = status == KeptStatus.Interrupted
            ? RunningProblems.Interrupted.Of("The server was stopped while the run went on.", "Nothing is lost: a run goes on from there.")
            : result.Problem;
        await _patience.ExecuteAsync(async token => await KeepAsync(run, current, result, status, problem, token), cancellationToken);
        run.State.End(status, problem);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here a run ends.")]
    private async Task<RunResult> CarryOutAsync(RunningRun run, CurrentProject current, CancellationToken cancellationToken)
    {
        var ask = RunMapping.ReadAsk(run.Row);
        var model = Named.Model(current.Project, run.Model);
        try
        {
            foreach (var destination in ask.Retry ?? [])
                await parts.Runner.RetryAsync(current.Project, Named.Destination(current.Project, destination), cancellationToken);
            return await parts.Runs.CarryOutAsync(
                current.Project, model,
                new()
                {
                    Id = run.Id,
                    Full = ask.Full,
                    Destinations = ask.Destinations,
                    ApprovedRemovals = ask.Approvals,
                    Abort = run.Aborted,
                },
                run.State, cancellationToken);
        }
        catch (Exception exception) when (exception is not (PenstockException or OperationCanceledException))
        {
            parts.Logger.Defect(exception, run.Id, run.Model);
            return Ended(run, RunStatus.Failed, ControlProblems.Defect.Of("Penstock made a mistake of its own.", "The log tells more."));
        }
    }

    private Task KeepAsync(
        RunningRun run, CurrentProject? current, RunResult result, KeptStatus status, Problem? problem,
            CancellationToken cancellationToken) =>
        parts.Database.UseAsync(
            async context =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
                await ModelStates.LockAsync(context, run.Model, cancellationToken);
                var row = await context.Runs.SingleAsync(row => row.Id == run.Row.Id, cancellationToken);
                if (row.LeaseUntil is null)
                    return; // kept before, by a try whose answer was lost
                var wasTakenOver = row.Status != RunMapping.Word(KeptStatus.Running);
                RunMapping.Complete(row, result);
                (row.Status, row.Problem, row.LeaseUntil, row.Revision) =
                    (RunMapping.Word(status), RunMapping.Write(problem), null, current?.Revision);
                if (status == KeptStatus.Interrupted && !wasTakenOver)
                    await queue.ResumeAsync(context, row, cancellationToken);
                var isWhole = RunMapping.ReadAsk(row).Destinations is null;
                if (status is KeptStatus.Succeeded or KeptStatus.Partial && current is not null && isWhole)
                    await FollowAsync(context, current.Project, run.Model, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            },
            cancellationToken);

    // In the transaction that keeps the run: a process that dies right after it forgets no model that follows.
    private async Task FollowAsync(ControlContext context, Project project, string model, CancellationToken cancellationToken)
    {
        var following = project.Models.Where(other => other.Schedule is AfterSchedule after && after.ModelId == model)
            .Select(other => other.Id).ToList();
        var paused = await context.Models.Where(state => following.Contains(state.Model) && state.PausedAt != null)
            .Select(state => state.Model).ToListAsync(cancellationToken);
        foreach (var next in following.Except(paused))
            await queue.AddAsync(context, Actor.System, next, new() { Trigger = RunTrigger.After }, cancellationToken);
    }

    private RunResult Ended(RunningRun run, RunStatus status, Problem problem) => new()
    {
        Id = run.Id,
        Model = run.Model,
        Status = status,
        StartedAt = run.Row.StartedAt,
        Elapsed = parts.Time.GetUtcNow() - run.Row.StartedAt,
        Problem = problem,
    };
}
