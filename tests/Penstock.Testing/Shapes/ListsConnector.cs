using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>The shape of systems whose lists take calls of their own, after the member was written.</summary>
public sealed class ListsConnector : IShape, IConnector<MemoryApp>, IDestination<MemoryApp>, IMembers, IRemoves
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("lists", "Lists")
    {
        Summary = "Members and lists in memory.",
        App = Options.Of<MemoryApp>(),
        Authorization = MemoryCalls.Authorize,
        Destinations =
        [
            new("members", "Members")
            {
                Key = MemoryKinds.Key("member"),
                Fields = [MemoryKinds.Email, MemoryKinds.Name],
                SyncModes = SyncModes.Sync | SyncModes.Additive,
                Removals = MemoryKinds.Removals,
                Groups =
                [
                    new("list", "A list")
                    {
                        Help = "Members of the group are members of the list.",
                        TargetInWords = "the list's number",
                        TargetPattern = "[0-9]+",
                        SeparateCalls = true,
                    },
                ],
                Limits = new() { Records = 25 },
                MemberLimits = new() { Records = 50 },
            },
        ],
    };

    /// <inheritdoc/>
    public MemorySystem NewFarEnd() => new ListsSystem();

    /// <inheritdoc/>
    public Task<string> TestAsync(MemoryApp app, IHttp http, CancellationToken cancellationToken) =>
        MemoryCalls.TestAsync(app, http, cancellationToken);

    /// <inheritdoc/>
    public async Task<Outcomes> WriteAsync(MemoryApp app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var members = new JsonArray([.. batch.Indexes().Select(i =>
            new JsonObject { ["key"] = batch[i].Key, ["fields"] = MemoryCalls.Fields(batch[i]) })]);
        var answer = await http.SendAsync(app, HttpMethod.Put, "/members", new JsonObject { ["members"] = members }, cancellationToken);
        if (answer.Items("errors") is not { } errors)
            return batch.NotTaken(answer);
        return Settle(batch, errors);
    }

    /// <inheritdoc/>
    public Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        SendKeysAsync(app, "/members/delete", batch, http, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcomes> EnterAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        SendKeysAsync(app, $"/lists/{target.Target}/add", batch, http, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcomes> LeaveAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        SendKeysAsync(app, $"/lists/{target.Target}/remove", batch, http, cancellationToken);

    private static async Task<Outcomes> SendKeysAsync(object app, string path, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["keys"] = MemoryCalls.Array(batch.Indexes().Select(i => batch[i].Key)) };
        var answer = await http.SendAsync(app, HttpMethod.Post, path, body, cancellationToken);
        return answer.Items("errors") is { } errors ? Settle(batch, errors) : batch.NotTaken(answer);
    }

    private static Outcomes Settle(Batch batch, List<JsonElement> errors)
    {
        var reasons = errors.Where(error => error.Text("key") is not null)
            .ToLookup(error => error.Text("key"), error => error.Text("reason"));
        if (reasons.Sum(keyed => keyed.Count()) < errors.Count)
            return batch.RefusedAsWhole(MemoryCalls.Refusal("An error names no member."));
        var outcomes = batch.AllDelivered();
        foreach (var i in batch.Indexes().Where(i => reasons.Contains(batch[i].Key)))
            outcomes.Refuse(i, MemoryCalls.Refusal(reasons[batch[i].Key].First()));
        return outcomes;
    }

    private sealed class ListsSystem : MemorySystem
    {
        private readonly SortedDictionary<string, JsonObject> _members = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, SortedSet<string>> _lists = new(StringComparer.Ordinal);

        protected override JsonNode State() => new JsonObject
        {
            ["members"] = new JsonObject(_members.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone()))),
            ["lists"] = new JsonObject(_lists.Where(pair => pair.Value.Count > 0)
                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)MemoryCalls.Array(pair.Value)))),
        };

        protected override (int Status, JsonNode Body) Answer(string method, string[] path, string body) => path switch
        {
            ["ping"] => (200, new JsonObject()),
            ["members"] => (200, Errors(JsonNode.Parse(body)!["members"]!.AsArray(), member => Put(member!))),
            ["members", "delete"] => (200, Errors(Keys(body), Delete)),
            ["lists", var list, "add"] => (200, Errors(Keys(body), key => Add(list, key!.GetValue<string>()))),
            ["lists", var list, "remove"] => (200, Errors(Keys(body), key => Remove(list, key!.GetValue<string>()))),
            _ => (404, new JsonObject()),
        };

        private static JsonArray Keys(string body) => JsonNode.Parse(body)!["keys"]!.AsArray();

        private static JsonObject Errors(JsonArray items, Func<JsonNode?, string?> act)
        {
            var errors = new JsonArray();
            foreach (var item in items)
            {
                if (act(item) is { } reason)
                    errors.Add(new JsonObject { ["key"] = (item is JsonObject ? item["key"]! : item!).DeepClone(), ["reason"] = reason });
            }

            return new() { ["errors"] = errors };
        }

        private string? Put(JsonNode member)
        {
            if (Wrong(member["fields"]) is { } reason)
                return reason;
            var key = member["key"]!.GetValue<string>();
            if (!_members.TryGetValue(key, out var there))
                _members[key] = there = [];
            Merge(there, member["fields"]);
            return null;
        }

        private string? Delete(JsonNode? key)
        {
            _members.Remove(key!.GetValue<string>());
            foreach (var list in _lists.Values)
                list.Remove(key.GetValue<string>());
            return null;
        }

        private string? Add(string list, string key)
        {
            if (!_members.ContainsKey(key))
                return "There is no such member";
            if (!_lists.TryGetValue(list, out var members))
                _lists[list] = members = new(StringComparer.Ordinal);
            members.Add(key);
            return null;
        }

        private string? Remove(string list, string key)
        {
            if (_lists.TryGetValue(list, out var members))
                members.Remove(key);
            return null;
        }
    }
}
