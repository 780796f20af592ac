using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Delivering;

/// <summary>
/// Sends one batch after another for one lane: looks its records up where that is needed, halves what is refused as a whole, waits for
/// jobs, and gives each record its outcome. A record without one was not sent to the end, because the delivery stops.
/// </summary>
internal sealed class BatchSender(Step step, LaneHttp http, Stops stops, DeliveryOptions options, TimeProvider time, ILogger logger)
{
    private static readonly Problem Unanswered = OutcomeProblems.Unanswered.Of(
        "The run ended before the answer to its request came.", "The next run sends the record again, whole.");

    private Problem? _setback;

    /// <summary>Why the last batch got no usable answer; null when it got one.</summary>
    public PenstockException? Setback { get; private set; }

    /// <summary>Sends a batch.</summary>
    /// <returns>As many outcomes as records; those of kind <see cref="OutcomeKind.None"/> stay as they were.</returns>
    public async Task<Outcomes> SendAsync(Batch batch)
    {
        http.Forget();
        http.MayStart = stops.MayStart;
        (_setback, Setback) = (null, null);
        if (step.LooksUp is { } looksUp)
            return await FindAndSendAsync(looksUp, batch);
        http.Limits = step.Limits;
        return await DecideAsync(batch, SendOrRunAsync);
    }

    private Task<Outcomes> SendOrRunAsync(Batch batch) => step switch
    {
        { Jobs: { } jobs } => RunJobAsync(jobs, batch),
        { Send: { } send } => send(batch, http, stops.Aborted),
        _ => throw new InvalidOperationException("A step sends batches or runs jobs."),
    };

    private async Task<Outcomes> RunJobAsync(IBulkJobs jobs, Batch batch)
    {
        var app = step.App;
        var job = await jobs.BeginAsync(app, batch, http, stops.Aborted);
        http.MayStart = stops.MayFollow; // a job begun is a request in flight: cancelling waits for it, within the grace
        try
        {
            for (var wait = options.PollFrom; ; wait = wait * 2 < options.PollTo ? wait * 2 : options.PollTo)
            {
                await Task.Delay(wait, time, stops.MayFollow);
                if (await jobs.PollAsync(app, job, batch, http, stops.Aborted) is { } outcomes)
                    return outcomes;
            }
        }
        finally
        {
            http.MayStart = stops.MayStart;
        }
    }

    private async Task<Outcomes> FindAndSendAsync(ILooksUp looksUp, Batch batch)
    {
        var all = new Outcomes(batch.Count);
        await FindAsync(looksUp, batch, all);
        var found = Places(all, batch.Count, OutcomeKind.None);
        if (found.Count == 0 || stops.MayStart.IsCancellationRequested)
            return all;
        http.Limits = step.Limits;
        var sent = await DecideAsync(found.Count == batch.Count ? batch : batch.Select(found), SendOrRunAsync);
        for (var i = 0; i < found.Count; i++)
        {
            var outcome = sent[i];
            if (outcome is { Kind: OutcomeKind.Delivered, RemoteId: null })
                outcome = outcome with { RemoteId = batch[found[i]].RemoteId }; // what the look-up told is worth keeping
            all.Put(found[i], outcome);
        }

        return all;
    }

    // Leaves without an outcome what can be written, with its remote id; gives one to what can't.
    private async Task FindAsync(ILooksUp looksUp, Batch batch, Outcomes all)
    {
        var isEnrich = batch.Destination.Mode == SyncModes.Enrich;
        http.Limits = step.LookupLimits;
        var unknown = Enumerable.Range(0, batch.Count).Where(i => batch[i].RemoteId is null);
        foreach (var places in unknown.Chunk(Math.Max(1, http.Limits.Records)))
        {
            var query = new Batch(batch.Destination, Operation.Find, places.Length);
            foreach (var place in places)
                query.Add(batch[place].Number, batch[place].Key, batch[place].IsCreate);
            var answers = await DecideAsync(query, piece => looksUp.FindAsync(step.App, piece, http, stops.Aborted));
            for (var i = 0; i < places.Length; i++)
            {
                var answer = answers[i];
                if (answer.Kind == OutcomeKind.Delivered)
                    batch.Locate(places[i], exists: true, answer.RemoteId);
                else if (answer.Kind == OutcomeKind.Skipped && !isEnrich)
                    batch.Locate(places[i], exists: false, null);
                else
                    all.Put(places[i], answer);
            }

            if (stops.MayStart.IsCancellationRequested)
                return;
        }
    }

    private async Task<Outcomes> DecideAsync(Batch batch, Func<Batch, Task<Outcomes>> send)
    {
        var (outcomes, whole) = await TryAsync(batch, send);
        if (whole is null)
            return outcomes ?? new(batch.Count);
        var all = new Outcomes(batch.Count);
        await HalveAsync(batch, 0, whole, all, send);
        return all;
    }

    // A batch that was refused as a whole: each half is sent alone, unless it must hold the bad record because the other half was good.
    private async Task HalveAsync(Batch batch, int start, Whole whole, Outcomes all, Func<Batch, Task<Outcomes>> send)
    {
        var middle = batch.Count / 2;
        var left = batch.Slice(0, middle);
        var right = batch.Slice(middle, batch.Count - middle);
        var leftIsGood = await SendHalfAsync(left, start, null, all, send);
        var known = leftIsGood && whole.IsRefusal && right.Count > 1 ? whole : null;
        await SendHalfAsync(right, start + middle, known, all, send);
    }

    private async Task<bool> SendHalfAsync(Batch half, int start, Whole? known, Outcomes all, Func<Batch, Task<Outcomes>> send)
    {
        var outcomes = (Outcomes?)null;
        if (known is null)
            (outcomes, known) = await TryAsync(half, send);
        if (known is not null)
        {
            await HalveAsync(half, start, known, all, send);
            return false;
        }

        for (var i = 0; outcomes is not null && i < half.Count; i++)
            all.Put(start + i, outcomes[i]);
        return outcomes is not null && Enumerable.Range(0, half.Count).All(i => outcomes[i].Kind == OutcomeKind.Delivered);
    }

    /// <summary>A batch that has to be halved: refused by the far end, or not sent at all.</summary>
    private sealed record Whole(bool IsRefusal);

    // Outcomes, or the need to halve, or neither: the delivery stops.
    private async Task<(Outcomes? Outcomes, Whole? Whole)> TryAsync(Batch batch, Func<Batch, Task<Outcomes>> send)
    {
        if (_setback is not null)
            return (batch.AllFailed(_setback), null); // the rest of a batch that met a far end which does not answer
        if (stops.MayStart.IsCancellationRequested)
            return default;
        var (callsBefore, begunBefore) = (http.Calls, http.Begun);
        try
        {
            var outcomes = await send(batch);
            if (outcomes.Count != batch.Count)
                throw new InvalidOperationException($"The connector gave {outcomes.Count} outcomes for {batch.Count} records.");
            outcomes.EnsureComplete();
            return outcomes.WholeReason is null || batch.Count == 1 ? (outcomes, null) : (null, new Whole(IsRefusal: true));
        }
        catch (BodyTooLargeException error)
        {
            return batch.Count > 1 ? (null, new Whole(IsRefusal: false)) : (TooLarge(batch, error), null);
        }
        catch (OperationCanceledException) when (stops.MayStart.IsCancellationRequested)
        {
            // What went out may have been taken, though nobody waits for the answer any more: that has to be known to the next run.
            return http.Begun > begunBefore && batch.Operation != Operation.Find ? (batch.AllFailed(Unanswered), null) : default;
        }
        catch (DestinationUnavailableException error)
        {
            return (SetBack(batch, error), null);
        }
        catch (PenstockException error)
        {
            stops.End(error);
            // The attempt that told this was refused; one before it, of which no answer came, may have been taken.
            return http.Begun > begunBefore + 1 && batch.Operation != Operation.Find ? (batch.AllFailed(error.Problem), null) : default;
        }
        catch (Exception error)
        {
            Log.Defect(logger, batch.Destination.Id, error);
            // Met while encoding, it may be about one record, and halving finds that without sending anything twice.
            return batch.Count > 1 && http.Calls == callsBefore
                ? (null, new Whole(IsRefusal: false))
                : (SetBack(batch, Defect(batch, error)), null);
        }
    }

    private Outcomes SetBack(Batch batch, PenstockException error)
    {
        Setback = error;
        if (error is DestinationUnavailableException)
            _setback = error.Problem;
        Log.BatchFailed(logger, batch.Destination.Id, batch.Count, error.Problem.Code);
        return batch.AllFailed(error.Problem);
    }

    private PenstockException Defect(Batch batch, Exception error) => new(
        new(
            "connector.defect",
            $"Destination '{batch.Destination.Id}': its connector broke while it worked on {batch.Count} records "
            + $"({error.GetType().Name}: {http.Redact(error.Message)})",
            "This is a defect of the connector: please report it. The records are tried again by the next run."),
        error);

    private static Outcomes TooLarge(Batch batch, BodyTooLargeException error)
    {
        var outcomes = new Outcomes(1);
        outcomes.Refuse(0, new(
            "record.too_large",
            $"The record alone makes a request of more than {error.MaxBytes:N0} bytes, which '{batch.Destination.Id}' does not take.",
            "Shorten its texts or arrays, or map fewer fields."));
        return outcomes;
    }

    private static List<int> Places(Outcomes outcomes, int count, OutcomeKind kind) =>
        [.. Enumerable.Range(0, count).Where(i => outcomes[i].Kind == kind)];
}
