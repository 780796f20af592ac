using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Contract;
using Penstock.Engine.Delivering;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Tests.Delivering;

/// <summary>A delivery with everything round it faked: what there is to send, who takes note, the far end and the time.</summary>
internal sealed class DeliveryBench : IChangeFeed, IAcknowledger
{
    private readonly List<(Operation Operation, string Key, string? Previous)> _changes = [];

    public DeliveryBench()
    {
        Vendor = new(Simulation);
        Options = Options with { Random = () => 0.5 };
    }

    public Simulation Simulation { get; } = new();

    public FakeVendor Vendor { get; }

    public IConnector Connector { get; set; } = new FakeConnector();

    public DeliveryOptions Options { get; set; } = new();

    public Limits Limits { get; set; } = new() { Records = 10, Concurrency = 4 };

    public SyncModes Mode { get; set; } = SyncModes.Sync;

    public Limits? LookupLimits { get; set; }

    public IReadOnlyList<GroupTarget> Groups { get; set; } = [];

    public CancellationTokenSource Cancel { get; } = new();

    public CancellationTokenSource Abort { get; } = new();

    public IProgress<DeliveryProgress>? Progress { get; set; }

    /// <summary>Every acknowledged outcome, by operation, target and key; a second one for the same fails.</summary>
    public Dictionary<(Operation Operation, string? Target, string Key), Outcome> Acknowledged { get; } = [];

    /// <summary>What happened in which order: the path of each batch acknowledged, and <c>flush</c>.</summary>
    public List<string> Events { get; } = [];

    public Action<Batch>? Reading { get; set; }

    public Action<Batch>? Acknowledging { get; set; }

    /// <summary>The value of the one mapped field.</summary>
    public Func<string, string> Text { get; set; } = key => "name of " + key;

    public DestinationContext Destination => new(
        "fake_users",
        new("users", "Users")
        {
            Key = new("key", "Key", DataKind.String),
            SyncModes = SyncModes.Sync,
            Limits = Limits,
            LookupLimits = LookupLimits,
        },
        Mode,
        null)
    {
        Fields = [new("name", DataKind.String, false)],
        Groups = Groups,
    };

    public DeliveryBench With(Operation operation, int count, int from = 0)
    {
        _changes.AddRange(Enumerable.Range(from, count).Select(i => (operation, $"k{i}", (string?)null)));
        return this;
    }

    public DeliveryBench Renaming(string previous, string key)
    {
        _changes.Add((Operation.Rename, key, previous));
        return this;
    }

    public DeliveryBench Writing(params string[] keys)
    {
        _changes.AddRange(keys.Select(key => (Operation.Write, key, (string?)null)));
        return this;
    }

    public DeliveryResult Run() => Simulation.Run(async () =>
    {
        using var invoker = new HttpMessageInvoker(Vendor, disposeHandler: false);
        using var http = new DeliveryHttp(
            invoker, Connector.Declaration, "fake_app", new FakeApp(), Options, Simulation, NullLogger.Instance);
        var delivery = new Delivery(http, Options, Simulation, NullLogger.Instance) { Aborted = Abort.Token };
        var result = await delivery.RunAsync(Connector, new FakeApp(), Destination, this, this, Progress, Cancel.Token);
        Vendor.Crossed.ShouldBeEmpty();
        var records = Acknowledged.Where(pair => pair.Key.Target is null).ToList();
        records.Count.ShouldBe((int)(result.Delivered + result.Skipped + result.Refused + result.Failed));
        return result;
    });

    public IEnumerable<string> Keys(OutcomeKind kind) => Acknowledged.Where(pair => pair.Value.Kind == kind).Select(pair => pair.Key.Key);

    public long Count(Operation operation) => _changes.Count(change => change.Operation == operation);

    public async IAsyncEnumerable<Batch> ReadAsync(
        Operation operation, GroupTarget? target, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var number = 0;
        foreach (var chunk in _changes.Where(change => change.Operation == operation).Chunk(size))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = new Batch(Destination, operation, size);
            foreach (var change in chunk)
            {
                batch.Add(number++, change.Key, isCreate: true, previousKey: change.Previous);
                if (operation == Operation.Write)
                    batch.Set(0, Value.Of(Text(change.Key)));
            }

            Reading?.Invoke(batch);
            yield return batch;
        }
    }

    public ValueTask AcknowledgeAsync(Batch batch, Outcomes outcomes, GroupTarget? target, CancellationToken cancellationToken)
    {
        Simulation.AssertInside();
        Acknowledging?.Invoke(batch);
        for (var i = 0; i < batch.Count; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.None)
                throw new InvalidOperationException("A record was acknowledged without an outcome.");
            Acknowledged.Add((batch.Operation, target?.Target, batch[i].Key), outcomes[i]); // throws for a second one
        }

        Events.Add(batch.Operation + target?.Target);
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Events.Add("flush");
        return ValueTask.CompletedTask;
    }
}
