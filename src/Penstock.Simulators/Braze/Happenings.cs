using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// Events and purchases: each is a new occurrence, so sending one twice keeps two. Braze docs, event object and purchase object (2026);
/// the texts of refusals are assumed.
/// </summary>
internal static class Happenings
{
    private const int MaxNameLength = 255;
    private const int MaxEventBytes = 100 * 1024;
    private const int MaxPurchaseBytes = 50 * 1024;

    // Most kept of each for one profile; the oldest go first.
    private const int Kept = 1_000;

    public static string? RefuseEvent(JsonElement json, BrazeSimulatorOptions options, out Identifier identifier)
    {
        if (RefuseCommon(json, options, MaxEventBytes, out identifier) is { } reason)
            return reason;
        return IsName(json.StringOf("name")) ? null : Unproven.NoEventName;
    }

    public static string? RefusePurchase(JsonElement json, BrazeSimulatorOptions options, out Identifier identifier)
    {
        if (RefuseCommon(json, options, MaxPurchaseBytes, out identifier) is { } reason)
            return reason;
        if (!IsName(json.StringOf("product_id")))
            return Unproven.BadProduct;
        if (json.StringOf("currency") is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper))
            return Unproven.BadCurrency;
        if (!json.TryGetProperty("price", out var price) || price.ValueKind != JsonValueKind.Number)
            return Unproven.BadPrice;
        return json.Has("quantity", out var quantity)
            && !(quantity.ValueKind == JsonValueKind.Number && quantity.TryGetInt32(out var number) && number is >= 1 and <= 100)
                ? Unproven.BadQuantity
                : null;
    }

    public static void Apply(Instance instance, JsonElement json, Identifier identifier, bool isEvent)
    {
        var profile = identifier.Find(instance.Profiles) ?? Create(instance.Profiles, json, identifier);
        if (profile is null)
            return;
        instance.Profiles.Touch(profile);
        instance.Ledger.Add(identifier.Key, isEvent ? "event:" + json.StringOf("name") : "purchase:" + json.StringOf("product_id"));
        var kept = new JsonObject();
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name is not ("external_id" or "braze_id" or "user_alias" or "email" or "phone" or "_update_existing_only"))
                kept[member.Name] = Json.ToNode(member.Value);
        }

        // "Events with timestamps in the future default to the current time."
        var now = instance.Options.Time.GetUtcNow();
        if (BrazeDates.TryParse(json.StringOf("time") ?? "", out var time) && time > now)
            kept["time"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        var list = isEvent ? profile.Events : profile.Purchases;
        if (list.Count == Kept)
            list.RemoveAt(0);
        list.Add(kept);
    }

    // By alias only updates, always. Braze docs, event object.
    private static Profile? Create(Profiles profiles, JsonElement json, Identifier identifier)
    {
        var updateOnly = json.TryGetProperty("_update_existing_only", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (updateOnly || identifier.Kind is IdentifierKind.Alias or IdentifierKind.BrazeId)
            return null;
        var profile = profiles.Create();
        if (identifier.Kind == IdentifierKind.ExternalId)
            profiles.SetExternalId(profile, identifier.Value);
        else
            profiles.SetField(profile, identifier.Kind == IdentifierKind.Email ? "email" : "phone", identifier.Value);
        return profile;
    }

    private static string? RefuseCommon(JsonElement json, BrazeSimulatorOptions options, int maxBytes, out Identifier identifier)
    {
        identifier = default;
        if (json.ValueKind != JsonValueKind.Object)
            return Unproven.NotAnObject;
        if (Identifier.Read(json, options.BlockedExternalIds, out identifier) is { } reason)
            return reason;
        if (identifier.Kind == IdentifierKind.Email && !Emails.IsValid(identifier.Value))
            return Unproven.BadEmail;
        if (!BrazeDates.TryParse(json.StringOf("time") ?? "", out _))
            return Unproven.BadTime;
        return json.Has("properties", out var properties) && !AreProperties(properties, maxBytes) ? Unproven.BadProperties : null;
    }

    private static bool AreProperties(JsonElement properties, int maxBytes) =>
        properties.ValueKind == JsonValueKind.Object
        && properties.GetRawText().Length <= maxBytes
        && properties.EnumerateObject().All(property =>
            property.Name is not ("time" or "event_name")
            && property.Name.Length > 0
            && !property.Name.StartsWith('$')
            && !Json.LongerThan(property.Name, MaxNameLength)
            && !(property.Value.ValueKind == JsonValueKind.String && Json.LongerThan(Json.Text(property.Value), MaxNameLength)));

    private static bool IsName(string? text) => text is { Length: > 0 } && !Json.LongerThan(text, MaxNameLength);
}
