using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /subscription/status/set</c>: one group, up to 50 users. Braze docs, subscription groups.</summary>
internal sealed class SubscriptionStatusSet : Endpoint
{
    public override string Path => "/subscription/status/set";

    public override string Permission => "subscription.status.set";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Subscriptions;

    public override Answer Handle(Call call)
    {
        if (SubscriptionChange.Read(call, call.Body, "external_id", "email", "phone", out var change) is { } refused)
            return refused;
        SubscriptionChange.Apply(call, [change]);
        return Answer.Message(201, "success");
    }
}

/// <summary>
/// <c>POST /v2/subscription/status/set</c>: several groups. Whether 50 users means per group or per request is not said: assumed per group.
/// </summary>
internal sealed class SubscriptionStatusSetV2 : Endpoint
{
    public override string Path => "/v2/subscription/status/set";

    public override string Permission => "subscription.status.set";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Subscriptions;

    public override Answer Handle(Call call)
    {
        if (call.Body.ArrayOf("subscription_groups") is not { Count: > 0 } groups)
            return Answer.Message(400, SubscriptionChange.InvalidGroup);
        var changes = new List<SubscriptionChange>();
        foreach (var group in groups)
        {
            if (SubscriptionChange.Read(call, group, "external_ids", "emails", "phones", out var change) is { } refused)
                return refused;
            changes.Add(change);
        }

        SubscriptionChange.Apply(call, changes);
        return Answer.Message(201, "success");
    }
}

/// <summary>One group, one state, and whom it is for.</summary>
internal readonly record struct SubscriptionChange(string Group, bool Subscribed, IReadOnlyList<Identifier> Users)
{
    // Recorded (jonallured/braze_ruby).
    public const string InvalidGroup = "Invalid subscription group ID";

    private const int MaxUsers = 50;

    /// <summary>Reads a change; returns the answer that refuses it, or null.</summary>
    public static Answer? Read(Call call, JsonElement json, string ids, string emails, string phones, out SubscriptionChange change)
    {
        change = default;
        var group = json.StringOf("subscription_group_id");
        if (group is null || !SubscriptionGroups.IsKnown(group, call.Options.SubscriptionGroups))
            return Answer.Message(400, InvalidGroup);
        if (json.StringOf("subscription_state") is not ("subscribed" or "unsubscribed"))
            return Answer.Message(400, Unproven.InvalidState);
        var byId = Values(json, ids, IdentifierKind.ExternalId);
        var byEmail = Values(json, emails, IdentifierKind.Email);
        var byPhone = Values(json, phones, IdentifierKind.Phone);
        if (byEmail.Count > 0 && byPhone.Count > 0)
            return Answer.Message(400, "Either an email address or a phone number should be provided, but not both.");
        List<Identifier> users = [.. byId, .. byEmail, .. byPhone];
        if (users.Count == 0)
            return Answer.Message(400, Unproven.NoUsers);
        if (users.Count > MaxUsers)
            return Answer.Message(400, Unproven.TooManyIds);
        change = new SubscriptionChange(group, json.StringOf("subscription_state") == "subscribed", users);
        return null;
    }

    // An unknown user is accepted quietly (assumed): there is nobody whose status could change.
    public static void Apply(Call call, IReadOnlyList<SubscriptionChange> changes)
    {
        foreach (var user in changes.SelectMany(change => change.Users))
            call.Touch(user.Key);
        call.Count(changes.Sum(change => change.Users.Count));
        call.Profiles.Write(() =>
        {
            foreach (var (group, subscribed, users) in changes)
            {
                foreach (var user in users)
                {
                    if (user.Find(call.Profiles) is { } profile)
                        SubscriptionGroups.Set(call.Profiles, profile, group, subscribed);
                }
            }
        });
    }

    private static List<Identifier> Values(JsonElement json, string name, IdentifierKind kind)
    {
        if (json.StringOf(name) is { } single)
            return [new Identifier(kind, single)];
        var values = json.ArrayOf(name) ?? [];
        return [.. values.Where(id => id.ValueKind == JsonValueKind.String).Select(id => new Identifier(kind, Json.Text(id)))];
    }
}

/// <summary><c>GET /subscription/status/get</c>; the wire says <c>unknown</c> in lower case (recorded, jonallured/braze_ruby).</summary>
internal sealed class SubscriptionStatusGet : Endpoint
{
    private const int MaxIds = 50;

    public override string Method => "GET";

    public override string Path => "/subscription/status/get";

    public override string Permission => "subscription.status.get";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Reading;

    public override Answer Handle(Call call)
    {
        var group = call.Query["subscription_group_id"].ToString();
        if (!SubscriptionGroups.IsKnown(group, call.Options.SubscriptionGroups))
            return Answer.Message(400, SubscriptionChange.InvalidGroup);
        var users = Users(call, "external_id", IdentifierKind.ExternalId)
            .Concat(Users(call, "email", IdentifierKind.Email))
            .Concat(Users(call, "phone", IdentifierKind.Phone))
            .ToList();
        if (users.Count == 0)
            return Answer.Message(400, Unproven.NoUsers);
        if (users.Count > MaxIds)
            return Answer.Message(400, Unproven.TooManyIds);
        var status = call.Profiles.Read(() =>
        {
            var json = new JsonObject();
            foreach (var user in users)
                json[user.Value] = StatusOf(user.Find(call.Profiles), group.ToLowerInvariant());
            return json;
        });
        return Answer.Of(200, new JsonObject { ["status"] = status, ["message"] = "success" });
    }

    private static string StatusOf(Profile? profile, string group) =>
        profile is null || !profile.Groups.TryGetValue(group, out var subscribed) ? "unknown"
        : subscribed ? "Subscribed"
        : "Unsubscribed";

    private static IEnumerable<Identifier> Users(Call call, string name, IdentifierKind kind) =>
        call.Query[name].Concat(call.Query[name + "[]"]).OfType<string>().Select(value => new Identifier(kind, value));
}
