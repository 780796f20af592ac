using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Delivering;

/// <summary>What the steps of one delivery share.</summary>
internal sealed record Work(
    DestinationContext Destination,
    IChangeFeed Feed,
    IAcknowledger Acknowledger,
    DeliveryHttp Http,
    DeliveryOptions Options,
    TimeProvider Time,
    ILogger Logger)
{
    public required Tally Tally { get; init; }

    public required Stops Stops { get; init; }

    public required Circuit Circuit { get; init; }
}

/// <summary>
/// One step from its first batch to its last answer: a reader, lanes that send, and one that acknowledges, with bounded channels between.
/// Whatever the size, no more batches are in memory than three for each lane.
/// </summary>
internal sealed class StepRun
{
    private readonly Work _work;
    private readonly Step _step;
    private readonly int _size;
    private readonly int _lanes;
    private readonly KeysInFlight _keys = new();
    private readonly Channel<Batch> _batches;
    private readonly Channel<Answered> _answered;
    private bool _isCutShort;
    private bool _cannotAcknowledge;

    public StepRun(Work work, Step step)
    {
        (_work, _step) = (work, step);
        _size = Math.Max(1, step.Limits.Records);
        var batches = (work.Feed.Count(step.Operation) + _size - 1) / _size;
        _lanes = (int)Math.Clamp(batches, 1, Math.Max(1, step.Limits.Concurrency));
        _batches = Channel.CreateBounded<Batch>(new BoundedChannelOptions(_lanes) { SingleWriter = true });
        _answered = Channel.CreateBounded<Answered>(new BoundedChannelOptions(_lanes) { SingleReader = true });
    }

    /// <summary>Runs it; all answers are in and acknowledged when it is over.</summary>
    /// <returns>Whether everything there was to send has an outcome.</returns>
    public async Task<bool> RunAsync()
    {
        Log.OperationBegins(
            _work.Logger, _work.Destination.Id, _step.Operation.ToString(), _work.Feed.Count(_step.Operation), _lanes);
        var acknowledging = AcknowledgeAllAsync();
        var lanes = Enumerable.Range(0, _lanes).Select(_ => SendAllAsync()).ToArray(); // each waits for its first batch
        await ReadAllAsync();
        await Task.WhenAll(lanes);
        _answered.Writer.Complete();
        await acknowledging;
        return !_isCutShort;
    }

    private async Task ReadAllAsync()
    {
        var mayStart = _work.Stops.MayStart;
        try
        {
            await foreach (var batch in _work.Feed.ReadAsync(_step.Operation, _step.Target, _size, mayStart))
            {
                await _keys.EnterAsync(batch, mayStart);
                await _batches.Writer.WriteAsync(batch, mayStart);
            }
        }
        catch (OperationCanceledException) when (mayStart.IsCancellationRequested)
        {
            _isCutShort = true;
        }
        catch (Exception error)
        {
            _isCutShort = true;
            _work.Stops.End(error);
        }

        _batches.Writer.Complete();
    }

    // Also when the delivery stops, what was read is taken from the channel, and left as it was.
    private async Task SendAllAsync()
    {
        var http = new LaneHttp(_work.Http, _work.Tally, _work.Time);
        var sender = new BatchSender(_step, http, _work.Stops, _work.Options, _work.Time, _work.Logger);
        while (await _batches.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_batches.Reader.TryRead(out var batch))
            {
                try
                {
                    var outcomes = await sender.SendAsync(batch);
                    if (_work.Circuit.Note(outcomes, sender.Setback) is { } broken)
                        _work.Stops.End(broken);
                    await _answered.Writer.WriteAsync(Answer(batch, outcomes, http), CancellationToken.None);
                }
                catch (Exception error)
                {
                    _isCutShort = true;
                    _work.Stops.End(error);
                }
            }
        }
    }

    private static Answered Answer(Batch batch, Outcomes outcomes, LaneHttp http)
    {
        var counts = (Decided: 0, Delivered: 0);
        for (var i = 0; i < batch.Count; i++)
        {
            counts.Decided += outcomes[i].Kind == OutcomeKind.None ? 0 : 1;
            counts.Delivered += outcomes[i].Kind == OutcomeKind.Delivered ? 1 : 0;
        }

        var exchange = counts.Delivered < counts.Decided ? http.LastExchange() : null;
        if (counts.Decided == batch.Count)
            return new(batch, batch, outcomes, exchange);

        var decided = Enumerable.Range(0, batch.Count).Where(i => outcomes[i].Kind != OutcomeKind.None).ToList();
        var theirs = new Outcomes(decided.Count);
        for (var i = 0; i < decided.Count; i++)
            theirs.Put(i, outcomes[decided[i]]);
        return new(batch, batch.Select(decided), theirs, exchange);
    }

    private async Task AcknowledgeAllAsync()
    {
        while (await _answered.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_answered.Reader.TryRead(out var answered))
            {
                await AcknowledgeAsync(answered);
                _keys.Leave(answered.Whole);
            }
        }
    }

    // Never cancelled: what the far end took must be known here, or it would be sent again.
    private async Task AcknowledgeAsync(Answered answered)
    {
        var (whole, decided, outcomes, exchange) = answered;
        if (decided.Count < whole.Count)
            _isCutShort = true;
        if (decided.Count == 0 || _cannotAcknowledge)
            return;
        try
        {
            await _work.Acknowledger.AcknowledgeAsync(decided, outcomes, _step.Target, CancellationToken.None);
            _work.Tally.Add(_step, decided, outcomes, exchange);
        }
        catch (Exception error)
        {
            (_isCutShort, _cannotAcknowledge) = (true, true);
            _work.Stops.End(error);
        }
    }

    /// <summary>A batch that came back.</summary>
    /// <param name="Whole">The batch as it was read.</param>
    /// <param name="Decided">Those of its records that have an outcome.</param>
    /// <param name="Outcomes">Theirs.</param>
    /// <param name="Exchange">The last request, where not all was delivered.</param>
    private sealed record Answered(Batch Whole, Batch Decided, Outcomes Outcomes, Exchange? Exchange);
}
