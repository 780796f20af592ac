using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/export/ids</c>. Braze docs, export users by identifier; the shape is recorded (jonallured/braze_ruby).</summary>
internal sealed class Export : Endpoint
{
    private const int MaxIds = 50;

    public override string Path => "/users/export/ids";

    public override string Permission => "users.export.ids";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.ForExport(body);

    public override Answer Handle(Call call)
    {
        var ids = call.Body.ArrayOf("external_ids") ?? [];
        var aliases = call.Body.ArrayOf("user_aliases") ?? [];
        if (ids.Count + aliases.Count > MaxIds)
            return Answer.Message(400, Unproven.TooManyExportIds);
        var fields = call.Body.ArrayOf("fields_to_export");
        // Customers onboarded from 22 August 2024 must name the fields.
        if (fields is null && call.Options.RequireFieldsToExport)
            return Answer.Message(400, Unproven.NoFieldsToExport);
        var wanted = fields?.Where(field => field.ValueKind == JsonValueKind.String).Select(Json.Text).ToHashSet(StringComparer.Ordinal);
        var single = Single(call.Body);
        if (ids.Count + aliases.Count == 0 && single is null)
            return Answer.Message(400, Unproven.NoIds);
        return call.Profiles.Read(() =>
        {
            var users = new JsonArray();
            var invalid = new JsonArray();
            foreach (var id in ids.Select(id => id.ValueKind == JsonValueKind.String ? Json.Text(id) : id.GetRawText()))
            {
                if (call.Profiles.ByExternalId(id) is { } profile)
                    users.Add(Show(profile, wanted));
                else
                    invalid.Add(id);
            }

            foreach (var alias in aliases)
            {
                if (Target.ReadAlias(alias, out var target) is null && target.Find(call.Profiles) is { } profile)
                    users.Add(Show(profile, wanted));
            }

            foreach (var profile in single?.Invoke(call.Profiles) ?? [])
                users.Add(Show(profile, wanted));
            return Answer.Of(201, new JsonObject { ["users"] = users, ["invalid_user_ids"] = invalid, ["message"] = "success" });
        });
    }

    // braze_id, email_address and phone take one value each; several profiles may hold an address.
    private static Func<Profiles, IEnumerable<Profile>>? Single(JsonElement body)
    {
        if (body.StringOf("braze_id") is { } brazeId)
            return profiles => profiles.ByBrazeId(brazeId) is { } profile ? [profile] : [];
        if (body.StringOf("email_address") is { } email)
            return profiles => profiles.ByEmail(email);
        return body.StringOf("phone") is { } phone ? profiles => profiles.ByPhone(phone) : null;
    }

    // What is null is left out, and subscription groups are not part of this export.
    private static JsonObject Show(Profile profile, HashSet<string>? wanted)
    {
        var json = profile.ToJson();
        json.Remove("subscription_groups");
        json.Remove("events");
        json.Remove("purchases");
        json.Remove("push_tokens");
        json["appboy_id"] = profile.BrazeId;
        if (profile.Custom.Count == 0)
            json.Remove("custom_attributes");
        AddSums(json, "custom_events", profile.Events, "name");
        AddSums(json, "purchases", profile.Purchases, "product_id");
        json["total_revenue"] = profile.Purchases.Sum(purchase => Value(purchase, "price", 0) * Value(purchase, "quantity", 1));
        if (wanted is null)
            return json;
        foreach (var name in json.Select(member => member.Key).Where(name => !wanted.Contains(name)).ToArray())
            json.Remove(name);
        return json;
    }

    private static double Value(JsonObject purchase, string name, double otherwise) =>
        purchase[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
            ? JsonSerializer.Deserialize<double>(value)
            : otherwise;

    private static void AddSums(JsonObject json, string name, List<JsonObject> items, string key)
    {
        if (items.Count == 0)
            return;
        json[name] = new JsonArray(
        [
            .. items.GroupBy(item => (string?)item[key]).Select(group => new JsonObject
            {
                ["name"] = group.Key,
                ["first"] = (string?)group.First()["time"],
                ["last"] = (string?)group.Last()["time"],
                ["count"] = group.Count(),
            }),
        ]);
    }
}
