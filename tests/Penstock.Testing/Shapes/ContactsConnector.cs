using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>
/// The shape of systems that give records ids of their own: they are looked up by key, created without an id and updated by it. Creating
/// twice makes two, so that only the look-up keeps a record from being doubled.
/// </summary>
public sealed class ContactsConnector : IShape, IConnector<MemoryApp>, IDestination<MemoryApp>, ILooksUp, IRemoves
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("contacts", "Contacts")
    {
        Summary = "Contacts in memory, with ids of their own.",
        App = Options.Of<MemoryApp>(),
        Authorization = MemoryCalls.Authorize,
        Destinations =
        [
            new("contacts", "Contacts")
            {
                Key = MemoryKinds.Key("reference"),
                Fields = [MemoryKinds.Email, MemoryKinds.Name],
                CustomFields = MemoryKinds.Custom,
                SyncModes = SyncModes.Sync | SyncModes.Additive | SyncModes.Enrich,
                Removals = MemoryKinds.Removals,
                Limits = new() { Records = 10 },
                LookupLimits = new() { Records = 20 },
            },
        ],
    };

    /// <inheritdoc/>
    public MemorySystem NewFarEnd() => new ContactsSystem();

    /// <inheritdoc/>
    public Task<string> TestAsync(MemoryApp app, IHttp http, CancellationToken cancellationToken) =>
        MemoryCalls.TestAsync(app, http, cancellationToken);

    /// <inheritdoc/>
    public bool LooksUp(object app, DestinationContext destination) => true;

    /// <inheritdoc/>
    public async Task<Outcomes> FindAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["references"] = MemoryCalls.Array(batch.Indexes().Select(i => batch[i].Key)) };
        var answer = await http.SendAsync(app, HttpMethod.Post, "/contacts/find", body, cancellationToken);
        if (answer.Items("results") is not { } results)
            return batch.NotTaken(answer);
        var ids = results.Where(result => result.Text("reference") is not null)
            .ToLookup(result => result.Text("reference"), result => result.Text("id"));
        var outcomes = new Outcomes(batch.Count);
        foreach (var i in batch.Indexes())
        {
            if (ids[batch[i].Key].FirstOrDefault() is { } id)
                outcomes.Found(i, id);
            else
                outcomes.Missing(i);
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public async Task<Outcomes> WriteAsync(MemoryApp app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var outcomes = new Outcomes(batch.Count);
        foreach (var part in batch.Indexes().GroupBy(i => batch[i].RemoteId is null))
        {
            var contacts = new JsonArray([.. part.Select(i => new JsonObject
            {
                [part.Key ? "reference" : "id"] = part.Key ? batch[i].Key : batch[i].RemoteId,
                ["fields"] = MemoryCalls.Fields(batch[i]),
            })]);
            var path = part.Key ? "/contacts/create" : "/contacts/update";
            var answer = await http.SendAsync(app, HttpMethod.Post, path, new JsonObject { ["contacts"] = contacts }, cancellationToken);
            Settle(answer, [.. part], outcomes);
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public async Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var ids = batch.Indexes().Select(i => batch[i].RemoteId).Where(id => id is not null).ToList();
        if (ids.Count == 0)
            return batch.AllDelivered();
        var body = new JsonObject { ["ids"] = MemoryCalls.Array(ids) };
        var answer = await http.SendAsync(app, HttpMethod.Post, "/contacts/archive", body, cancellationToken);
        return answer.IsSuccess ? batch.AllDelivered() : batch.NotTaken(answer);
    }

    private static void Settle(HttpAnswer answer, int[] places, Outcomes outcomes)
    {
        var results = answer.Items("results");
        foreach (var (order, place) in places.Index())
        {
            var result = results is not null && results.Count == places.Length ? results[order] : default;
            if (result.Text("id") is { } id)
                outcomes.Deliver(place, id);
            else if (result.Text("error") is { } error)
                outcomes.Refuse(place, MemoryCalls.Refusal(error));
            else
                outcomes.Fail(place, MemoryCalls.Unclear(answer));
        }
    }

    private sealed class ContactsSystem : MemorySystem
    {
        private readonly SortedDictionary<int, JsonObject> _contacts = [];
        private int _lastId = 100;

        protected override JsonNode State() =>
            new JsonObject(_contacts.Select(pair => KeyValuePair.Create(Text(pair.Key), (JsonNode?)pair.Value.DeepClone())));

        protected override (int Status, JsonNode Body) Answer(string method, string[] path, string body) => path switch
        {
            ["ping"] => (200, new JsonObject()),
            ["contacts", "find"] => (200, Find(JsonNode.Parse(body)!)),
            ["contacts", "create"] => (200, Each(body, Create)),
            ["contacts", "update"] => (200, Each(body, Update)),
            ["contacts", "archive"] => (200, Archive(JsonNode.Parse(body)!)),
            _ => (404, new JsonObject()),
        };

        private static JsonObject Each(string body, Func<JsonNode, JsonNode> act) =>
            new() { ["results"] = new JsonArray([.. JsonNode.Parse(body)!["contacts"]!.AsArray().Select(contact => act(contact!))]) };

        private JsonObject Find(JsonNode body)
        {
            var wanted = body["references"]!.AsArray().Select(node => node!.GetValue<string>()).ToHashSet();
            var found = _contacts.Where(pair => wanted.Contains(pair.Value["reference"]!.GetValue<string>()));
            return new()
            {
                ["results"] = new JsonArray([.. found.Select(pair =>
                    new JsonObject { ["id"] = Text(pair.Key), ["reference"] = pair.Value["reference"]!.DeepClone() })]),
            };
        }

        private JsonNode Create(JsonNode contact)
        {
            if (Wrong(contact["fields"]) is { } reason)
                return new JsonObject { ["error"] = reason };
            var created = new JsonObject { ["reference"] = contact["reference"]!.DeepClone() };
            Merge(created, contact["fields"]);
            _contacts[++_lastId] = created;
            return new JsonObject { ["id"] = Text(_lastId) };
        }

        private JsonNode Update(JsonNode contact)
        {
            var id = int.Parse(contact["id"]!.GetValue<string>(), CultureInfo.InvariantCulture);
            if (!_contacts.TryGetValue(id, out var there))
                return new JsonObject { ["error"] = "There is no such contact" };
            if (Wrong(contact["fields"]) is { } reason)
                return new JsonObject { ["error"] = reason };
            Merge(there, contact["fields"]);
            return new JsonObject { ["id"] = Text(id) };
        }

        private JsonObject Archive(JsonNode body)
        {
            foreach (var id in body["ids"]!.AsArray())
                _contacts.Remove(int.Parse(id!.GetValue<string>(), CultureInfo.InvariantCulture));
            return [];
        }

        private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
    }
}
