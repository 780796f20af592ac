using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// A stand-in for one Braze workspace, as strict as what is known of the real one: it validates, limits, delays, fails partially and keeps
/// state. Listens on 127.0.0.1. What is assumed rather than known is in one file, <c>Unproven.cs</c>.
/// </summary>
public sealed class BrazeSimulator : IRunningSimulator
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly Instance _instance;
    private readonly StateFile? _file;
    private readonly CancellationTokenSource _stopping;
    private readonly Listener _listener;
    private int _disposed;

    private BrazeSimulator(Instance instance, StateFile? file, CancellationTokenSource stopping, Listener listener) =>
        (_instance, _file, _stopping, _listener) = (instance, file, stopping, listener);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:4010/</c>.</summary>
    public Uri Address => _listener.Address;

    /// <summary>Counts since the start or the last reset.</summary>
    public BrazeStats Stats => _instance.Stats();

    /// <summary>The last 1,000 requests, oldest first.</summary>
    public IReadOnlyList<BrazeRequest> Requests => _instance.Log.Last();

    /// <summary>Users found in two requests at once, the first 100 findings.</summary>
    public IReadOnlyList<string> Races => _instance.Races.Findings;

    /// <summary>Starts a simulator.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The state file is damaged; it is left as it is.</exception>
    public static async Task<BrazeSimulator> StartAsync(BrazeSimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var instance = new Instance(options);
        var file = options.StateFile is null ? null : new StateFile(options.StateFile, instance.Profiles, options.Time);
        file?.Load();
        var stopping = new CancellationTokenSource();
        try
        {
            var responder = new Responder(instance, stopping.Token);
            var listener = await Listener.StartAsync(options.Port, options.Http2, responder.HandleAsync, cancellationToken);
            return new BrazeSimulator(instance, file, stopping, listener);
        }
        catch
        {
            stopping.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _instance.Options.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync();
        }
    }

    /// <summary>The profile with that primary or deprecated external id, as <c>/_sim/users/…</c> shows it, or null.</summary>
    public JsonObject? Profile(string externalId) =>
        _instance.Profiles.Read(() => _instance.Profiles.ByExternalId(externalId)?.ToJson()) is { } profile ? AsRead(profile) : null;

    /// <summary>All profiles. A copy: changing it changes nothing.</summary>
    public IReadOnlyList<JsonObject> Profiles() =>
        [.. _instance.Profiles.Read(() => _instance.Profiles.All.Select(profile => profile.ToJson()).ToList()).Select(AsRead)];

    /// <summary>Data points by field for one user, named as in the requests: an external id, or <c>email:…</c>.</summary>
    public IReadOnlyDictionary<string, long> DataPoints(string user) => _instance.Ledger.Of(user);

    /// <summary>Scripts a fault for requests to come; the first that matches is used up first.</summary>
    public void AddFault(BrazeFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _instance.Faults.Add(fault);
    }

    /// <summary>Forgets all faults.</summary>
    public void ClearFaults() => _instance.Faults.Clear();

    /// <summary>Forgets everything: profiles, faults, requests, counts, used-up limits.</summary>
    public void Reset() => _instance.Reset();

    /// <summary>Stops listening, ends what hangs, and saves the state.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(StopTimeout, TimeProvider.System))
            await _listener.StopAsync(patience.Token);
        _listener.Dispose();
        _instance.Profiles.Flush();
        _file?.Save();
        _file?.Dispose();
        _stopping.Dispose();
    }

    // As over HTTP: a number that was read converts to any type that can hold it, one that was built in memory only to its own.
    private static JsonObject AsRead(JsonObject profile) => (JsonObject)JsonNode.Parse(profile.ToJsonString())!; // an object stays one
}
