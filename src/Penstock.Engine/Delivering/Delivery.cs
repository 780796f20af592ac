using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Delivering;

/// <summary>
/// Carries a planned change to the far end: renames, then writes, then entering and leaving of groups, then removals. Each step ends with
/// all its answers in and acknowledged before the next begins.
/// </summary>
/// <param name="http">The app's, for this run.</param>
/// <param name="options">How patient and how bold.</param>
/// <param name="time">The time.</param>
/// <param name="logger">Where it is noted.</param>
public sealed class Delivery(DeliveryHttp http, DeliveryOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromMilliseconds(250);

    /// <summary>Gives up requests in flight at once, without the grace that cancelling leaves them.</summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>Delivers all that the feed gives to one destination.</summary>
    /// <param name="connector">The app's connector.</param>
    /// <param name="app">The app's options.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="feed">What there is to send.</param>
    /// <param name="acknowledger">Who takes note of the outcomes.</param>
    /// <param name="progress">Who wants to know how far it is.</param>
    /// <param name="cancellationToken">
    /// Cancels: requests in flight are finished within <see cref="DeliveryOptions.Grace"/> and acknowledged, nothing new starts; the result
    /// says so.
    /// </param>
    /// <returns>What it came to, also when it was cancelled or ended early.</returns>
    /// <exception cref="Exception">What the feed or the acknowledger threw, unless it is a <see cref="PenstockException"/>.</exception>
    public async Task<DeliveryResult> RunAsync(
        IConnector connector,
        object app,
        DestinationContext destination,
        IChangeFeed feed,
        IAcknowledger acknowledger,
        IProgress<DeliveryProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var stops = new Stops(options.Grace, time, cancellationToken, Aborted);
        var tally = new Tally(Enum.GetValues<Operation>().Sum(feed.Count), () => http.WaitingUntil, time);
        var work = new Work(destination, feed, acknowledger, http, options, time, logger)
        {
            Tally = tally,
            Stops = stops,
            Circuit = new(options.UnavailableInARow),
        };
        bool isComplete;
        await using (Reporting(progress, tally))
            isComplete = await RunStepsAsync(Step.Of(connector, app, destination, feed), work);
        progress?.Report(tally.Progress());
        return Conclude(work, isComplete);
    }

    private static async Task<bool> RunStepsAsync(IEnumerable<Step> steps, Work work)
    {
        try
        {
            foreach (var step in steps)
            {
                if (work.Stops.MayStart.IsCancellationRequested)
                    return false;
                work.Tally.Operation = step.Operation;
                var isComplete = await new StepRun(work, step).RunAsync();
                await work.Acknowledger.FlushAsync(CancellationToken.None); // the next step may read what this one came to
                if (!isComplete)
                    return false;
            }

            return true;
        }
        catch (Exception error)
        {
            work.Stops.End(error);
            return false;
        }
    }

    private DeliveryResult Conclude(Work work, bool isComplete)
    {
        var ended = work.Stops.Ended;
        if (ended is not null and not PenstockException)
            ExceptionDispatchInfo.Throw(ended);
        if (ended is PenstockException { Problem.Code: var code })
            Log.EndsEarly(logger, work.Destination.Id, code);
        var result = work.Tally.Result(false, ended as PenstockException);
        // Also when the last request was the one given up: its records have an outcome, but the person cancelled.
        if (ended is null && work.Stops.MayStart.IsCancellationRequested && (!isComplete || result.Failed > 0))
            result = result with { Cancelled = true };
        Log.Finished(logger, work.Destination.Id, result.Delivered, result.Skipped, result.Refused, result.Failed, result.Calls);
        return result;
    }

    private ITimer? Reporting(IProgress<DeliveryProgress>? progress, Tally tally) =>
        progress is null ? null : time.CreateTimer(_ => progress.Report(tally.Progress()), null, BetweenReports, BetweenReports);
}
