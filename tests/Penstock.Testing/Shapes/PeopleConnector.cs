using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>The shape of systems that take one record a request.</summary>
public sealed class PeopleConnector : IShape, IConnector<MemoryApp>, IDestination<MemoryApp>, IRemoves
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("people", "People")
    {
        Summary = "People in memory, one a request.",
        App = Options.Of<MemoryApp>(),
        Authorization = MemoryCalls.Authorize,
        Destinations =
        [
            new("people", "People")
            {
                Key = MemoryKinds.Key("person"),
                Fields = [MemoryKinds.Email with { Required = true }, MemoryKinds.Name],
                CustomFields = MemoryKinds.Custom,
                SyncModes = SyncModes.Sync | SyncModes.Additive,
                Removals = MemoryKinds.Removals,
                Limits = new() { Requests = 100 },
            },
        ],
    };

    /// <inheritdoc/>
    public MemorySystem NewFarEnd() => new PeopleSystem();

    /// <inheritdoc/>
    public Task<string> TestAsync(MemoryApp app, IHttp http, CancellationToken cancellationToken) =>
        MemoryCalls.TestAsync(app, http, cancellationToken);

    /// <inheritdoc/>
    public async Task<Outcomes> WriteAsync(MemoryApp app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(app, HttpMethod.Put, PathOf(batch), MemoryCalls.Fields(batch[0]), cancellationToken);
        return answer.IsSuccess ? batch.AllDelivered() : batch.NotTaken(answer);
    }

    /// <inheritdoc/>
    public async Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(app, HttpMethod.Delete, PathOf(batch), null, cancellationToken);
        return answer.IsSuccess || answer.Status == 404 ? batch.AllDelivered() : batch.NotTaken(answer);
    }

    private static string PathOf(Batch batch) => "/people/" + Uri.EscapeDataString(batch[0].Key);

    private sealed class PeopleSystem : MemorySystem
    {
        private readonly SortedDictionary<string, JsonObject> _people = new(StringComparer.Ordinal);

        protected override JsonNode State() =>
            new JsonObject(_people.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

        protected override (int Status, JsonNode Body) Answer(string method, string[] path, string body) => (method, path) switch
        {
            (_, ["ping"]) => (200, new JsonObject()),
            ("PUT", ["people", var key]) => Put(key, JsonNode.Parse(body)),
            ("DELETE", ["people", var key]) => (_people.Remove(key) ? 204 : 404, new JsonObject()),
            _ => (404, new JsonObject()),
        };

        private (int Status, JsonNode Body) Put(string key, JsonNode? fields)
        {
            if (Wrong(fields) is { } reason)
                return (422, new JsonObject { ["message"] = reason });
            if (!_people.TryGetValue(key, out var there))
                _people[key] = there = [];
            Merge(there, fields);
            return (200, new JsonObject());
        }
    }
}
