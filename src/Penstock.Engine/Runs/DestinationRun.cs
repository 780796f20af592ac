using Penstock.Contract;
using Penstock.Engine.Delivering;
using Penstock.Engine.Planning;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>Delivers one destination's plan and folds what came of it.</summary>
internal sealed class DestinationRun(
    ModelSession session, DestinationSetup destination, DestinationPlan plan, RunOptions options, IProgress<RunProgress>? progress)
{
    /// <summary>Whether the plan is about some records only.</summary>
    public bool IsPartial { get; init; }

    public async Task<DestinationResult> DeliverAsync(ICollection<StepTime> steps, CancellationToken cancellationToken)
    {
        var (id, time) = (destination.Destination.Id, session.Setup.Time);
        var folding = new Folding(session.Connection, id) { IsPartial = IsPartial };
        await new DestinationTables(session.Connection, id).FitDeliveredAsync(destination.Compiled, cancellationToken);
        await folding.BeginAsync(options.Id, session.Now, options.Full, cancellationToken);

        var started = time.GetTimestamp();
        var result = await SendAsync(cancellationToken);
        steps.Add(new(RunStep.Deliver, id, result.Delivered, time.GetElapsedTime(started)));

        // From here on nothing may stop: what the far end took must be noted. An aborted run may have left requests without an answer.
        started = time.GetTimestamp();
        progress?.Report(new(session.Model.Id, RunStep.Finish, id, 0, null));
        var folded = await folding.FoldAsync(
            session.Now, session.Now - session.Setup.History, LostTrack(result), CancellationToken.None);
        steps.Add(new(RunStep.Finish, id, result.Delivered, time.GetElapsedTime(started)));
        return DestinationResults.OfDelivery(plan, result, folded);
    }

    // Aborted, or ended by the workspace itself (its disk is full): answers may have come that nobody noted.
    private bool LostTrack(DeliveryResult result) =>
        options.Abort.IsCancellationRequested || result.Ended is not (null or ConnectionException or DestinationUnavailableException);

    private async Task<DeliveryResult> SendAsync(CancellationToken cancellationToken)
    {
        await using var reading = session.Workspace.Connect();
        await using var writing = session.Workspace.Connect();
        var journal = new Journal(writing, destination.Destination.Id, session.Setup.Time);
        var changes = new PlannedChanges(reading, destination.Compiled, journal);
        await changes.CountAsync(cancellationToken);
        var delivery = new Delivery(
            destination.App.Http, session.Setup.Delivery, session.Setup.Time, session.Setup.Loggers.CreateLogger("Penstock.Delivery"))
        {
            Aborted = options.Abort,
        };
        try
        {
            return await delivery.RunAsync(
                destination.App.Connector,
                destination.App.Options,
                destination.Compiled.Context,
                changes,
                journal,
                new Forward<DeliveryProgress>(Report),
                cancellationToken);
        }
        finally
        {
            await journal.FlushAsync(CancellationToken.None);
        }
    }

    private void Report(DeliveryProgress sent) =>
        progress?.Report(new(session.Model.Id, RunStep.Deliver, destination.Destination.Id, sent.Done, sent.Total)
        {
            Calls = sent.Calls,
            Refused = sent.Refused,
            Rate = sent.Rate,
            Waiting = sent.Waiting,
        });
}
