using System.Collections.Concurrent;

namespace Penstock.Simulators.Braze;

/// <summary>One simulated workspace: what it holds, limits and remembers.</summary>
internal sealed class Instance(BrazeSimulatorOptions options)
{
    private const int MaxPaths = 100;

    private readonly ConcurrentDictionary<string, long> _byPath = new(StringComparer.Ordinal);
    private long _requests;
    private long _objects;
    private long _overLimit;

    public BrazeSimulatorOptions Options => options;

    public Profiles Profiles { get; } = new(options.Time, options.WriteDelay);

    public Limits Limits { get; private set; } = new(options);

    public Faults Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public Ledger Ledger { get; } = new();

    public Races Races { get; } = new();

    public void CountRequest(string path)
    {
        Interlocked.Increment(ref _requests);
        // Paths come from outside: their number is bounded.
        var name = _byPath.ContainsKey(path) || _byPath.Count < MaxPaths ? path : "other";
        _byPath.AddOrUpdate(name, 1, (_, count) => count + 1);
    }

    public void CountObjects(int objects) => Interlocked.Add(ref _objects, objects);

    public void CountOverLimit() => Interlocked.Increment(ref _overLimit);

    public BrazeStats Stats() => new()
    {
        Users = Profiles.Count,
        Requests = Interlocked.Read(ref _requests),
        Objects = Interlocked.Read(ref _objects),
        ByPath = new SortedDictionary<string, long>(_byPath, StringComparer.Ordinal),
        DataPoints = Ledger.Total,
        Races = Races.Count,
        OverLimit = Interlocked.Read(ref _overLimit),
    };

    /// <summary>As if new: no profiles, faults, requests or counts, and fresh limits.</summary>
    public void Reset()
    {
        Profiles.Clear();
        Faults.Clear();
        Log.Clear();
        Ledger.Clear();
        Races.Clear();
        Limits = new Limits(options);
        _byPath.Clear();
        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _objects, 0);
        Interlocked.Exchange(ref _overLimit, 0);
    }
}

/// <summary>What was asked of a <see cref="BrazeSimulator"/> since it started or was reset.</summary>
public sealed record BrazeStats
{
    /// <summary>Profiles that exist now.</summary>
    public required int Users { get; init; }

    /// <summary>Requests to the API, whatever the answer; the side door does not count.</summary>
    public required long Requests { get; init; }

    /// <summary>Objects that were accepted: attributes, events, purchases, ids to delete, items of the other writing endpoints.</summary>
    public required long Objects { get; init; }

    /// <summary>Requests by path.</summary>
    public required IReadOnlyDictionary<string, long> ByPath { get; init; }

    /// <summary>Data points as contracts from before 2025 count them.</summary>
    public required long DataPoints { get; init; }

    /// <summary>Times that a user was in two requests at once.</summary>
    public required int Races { get; init; }

    /// <summary>Requests answered 429 because of a limit (not because of a fault).</summary>
    public required long OverLimit { get; init; }
}
