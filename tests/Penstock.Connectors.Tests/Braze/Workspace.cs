using System.Text.Json.Nodes;
using Penstock.Connectors.Braze;
using Penstock.Connectors.Tests.Braze.Simulator;
using Penstock.Contract;
using Penstock.Simulators.Braze;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>The connector and a simulated workspace, over a real socket.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly SimulatedBraze _braze;
    private readonly SocketsHttpHandler _handler = new();

    private Workspace(SimulatedBraze braze, string? key, BrazeSimulatorOptions options)
    {
        _braze = braze;
        App = new() { Endpoint = braze.Simulator.Address, ApiKey = new(key ?? options.Key) };
        Http = PlainHttp.For(A.Connector, App, _handler);
    }

    public BrazeApp App { get; }

    public PlainHttp Http { get; }

    public BrazeSimulator Simulator => _braze.Simulator;

    public static async Task<Workspace> StartAsync(BrazeSimulatorOptions? options = null, string? key = null)
    {
        options ??= new();
        return new(await SimulatedBraze.StartAsync(options), key, options);
    }

    /// <summary>Sends objects to <c>/users/track</c> as somebody else would.</summary>
    public Task GivenAsync(string objects) => _braze.GivenAsync(objects);

    public Task<Outcomes> WriteAsync(Batch batch) => A.Connector.WriteAsync(App, batch, Http, TestContext.Current.CancellationToken);

    public Task<Outcomes> RemoveAsync(Batch batch) => A.Connector.RemoveAsync(App, batch, Http, TestContext.Current.CancellationToken);

    public Task<Outcomes> RenameAsync(Batch batch) => A.Connector.RenameAsync(App, batch, Http, TestContext.Current.CancellationToken);

    public Task<Outcomes> FindAsync(Batch batch) => A.Connector.FindAsync(App, batch, Http, TestContext.Current.CancellationToken);

    public Task<string> TestAsync() => A.Connector.TestAsync(App, Http, TestContext.Current.CancellationToken);

    /// <summary>A user as the workspace holds it; null when there is none.</summary>
    public JsonObject? User(string id) => Simulator.Profile(id);

    /// <summary>A member of a user as JSON text, down a path of names; <c>null</c> when it isn't there.</summary>
    public string Held(string id, params string[] path) =>
        path.Aggregate((JsonNode?)User(id), (node, name) => node?[name])?.ToJsonString() ?? "null";

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _braze.DisposeAsync();
    }
}
