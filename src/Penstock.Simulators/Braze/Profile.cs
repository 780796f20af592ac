using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>An alias: one name per label and user.</summary>
internal readonly record struct UserAlias(string Name, string Label);

/// <summary>One user profile. Only touched under the lock of <see cref="Profiles"/>.</summary>
internal sealed class Profile
{
    public required string BrazeId { get; init; }

    /// <summary>The primary external id; null for anonymous profiles.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Former external ids that still resolve.</summary>
    public List<string> DeprecatedIds { get; } = [];

    public List<UserAlias> Aliases { get; } = [];

    /// <summary>Standard fields except identifiers, by name.</summary>
    public Dictionary<string, JsonNode> Fields { get; } = [];

    public Dictionary<string, JsonNode> Custom { get; } = [];

    /// <summary>Subscription groups by lower-case UUID; true is subscribed.</summary>
    public Dictionary<string, bool> Groups { get; } = [];

    public List<JsonObject> Events { get; } = [];

    public List<JsonObject> Purchases { get; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows with each update: who was updated last.</summary>
    public long Updated { get; set; }

    public int RandomBucket { get; init; }

    public string? Text(string field) => Fields.TryGetValue(field, out var node) && node is JsonValue value
        && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The profile as JSON: standard fields at top level, custom attributes and subscription groups as objects.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["external_id"] = ExternalId, ["braze_id"] = BrazeId };
        if (ExternalId is null)
            json.Remove("external_id");
        json["created_at"] = CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        json["random_bucket"] = RandomBucket;
        foreach (var (name, value) in Fields)
            json[name] = value.DeepClone();
        if (Aliases.Count > 0)
            json["user_aliases"] = AliasesAsJson();
        if (DeprecatedIds.Count > 0)
            json["deprecated_external_ids"] = new JsonArray([.. DeprecatedIds.Select(id => JsonValue.Create(id))]);
        json["custom_attributes"] = CustomAsJson();
        json["subscription_groups"] = new JsonObject(
            Groups.Select(group => KeyValuePair.Create(group.Key, (JsonNode?)(group.Value ? "subscribed" : "unsubscribed"))));
        json["events"] = new JsonArray([.. Events.Select(happened => happened.DeepClone())]);
        json["purchases"] = new JsonArray([.. Purchases.Select(purchase => purchase.DeepClone())]);
        return json;
    }

    public JsonArray AliasesAsJson() =>
        [.. Aliases.Select(alias => new JsonObject { ["alias_name"] = alias.Name, ["alias_label"] = alias.Label })];

    public JsonObject CustomAsJson() =>
        new(Custom.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value.DeepClone())));

    /// <summary>The reverse of <see cref="ToJson"/>.</summary>
    public static Profile FromJson(JsonObject json)
    {
        var profile = new Profile
        {
            BrazeId = json["braze_id"]!.GetValue<string>(), // written by ToJson; a damaged file ends as InvalidDataException
            ExternalId = json["external_id"]?.GetValue<string>(),
            CreatedAt = DateTimeOffset.Parse(json["created_at"]!.GetValue<string>()), // as above
            RandomBucket = json["random_bucket"]?.GetValue<int>() ?? 0,
        };
        foreach (var (name, value) in json)
        {
            if (value is not null && StandardFields.Stored.Contains(name))
                profile.Fields[name] = value.DeepClone();
        }

        foreach (var (name, value) in Members(json, "custom_attributes"))
            profile.Custom[name] = value.DeepClone();
        foreach (var (id, state) in Members(json, "subscription_groups"))
            profile.Groups[id] = state.GetValue<string>() == "subscribed";
        foreach (var alias in Objects(json, "user_aliases"))
            profile.Aliases.Add(new UserAlias((string?)alias["alias_name"] ?? "", (string?)alias["alias_label"] ?? ""));
        if (json["deprecated_external_ids"] is JsonArray ids)
            profile.DeprecatedIds.AddRange(ids.Select(id => (string?)id ?? ""));
        profile.Events.AddRange(Objects(json, "events").Select(Copy));
        profile.Purchases.AddRange(Objects(json, "purchases").Select(Copy));
        return profile;
    }

    private static JsonObject Copy(JsonObject json) => (JsonObject)json.DeepClone();

    private static IEnumerable<JsonObject> Objects(JsonObject json, string name) =>
        json[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    private static IEnumerable<(string Name, JsonNode Value)> Members(JsonObject json, string name)
    {
        if (json[name] is not JsonObject members)
            yield break;
        foreach (var (key, value) in members)
        {
            if (value is not null)
                yield return (key, value);
        }
    }
}
