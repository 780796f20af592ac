using System.Text;
using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>
/// Why an attributes object is refused as a whole. A refused object leaves no trace (measured by leemour/braze-cli, 2026-09-15).
/// Reasons: Braze docs, POST /users/track, endpoint-specific errors (2026).
/// </summary>
internal static class AttributesCheck
{
    public static string? Refuse(JsonElement json, BrazeSimulatorOptions options, Names names, out Identifier identifier)
    {
        identifier = default;
        if (json.ValueKind != JsonValueKind.Object)
            return Unproven.NotAnObject;
        var import = json.TryGetProperty("push_token_import", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (import && RefuseImport(json) is { } badImport)
            return badImport;
        var badIdentifier = Identifier.Read(json, options.BlockedExternalIds, out identifier);
        if (badIdentifier is not null && !(import && badIdentifier == Identifier.Missing))
            return badIdentifier;
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && RefuseField(names.Of(member), member.Value, options) is { } badField)
                return badField;
        }

        return null;
    }

    private static string? RefuseField(string name, JsonElement value, BrazeSimulatorOptions options) => name switch
    {
        "email" => value.ValueKind == JsonValueKind.String && Emails.IsValid(Json.Text(value)) ? null : Unproven.BadEmail,
        "phone" => value.ValueKind == JsonValueKind.String ? null : Unproven.BadPhone,
        "email_subscribe" or "push_subscribe" => RefuseConsent(name, value),
        "current_location" => IsLocation(value) ? null : Unproven.BadLocation,
        "subscription_groups" => RefuseGroups(value, options.SubscriptionGroups),
        "push_tokens" => RefuseTokens(value),
        "email_subscription_info" => Unproven.SubscriptionInfo,
        _ => null,
    };

    // Both texts measured by leemour/braze-cli, 2026-09-15.
    private static string? RefuseConsent(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Json.Text(value) is "subscribed" or "unsubscribed" or "opted_in"
            ? null
            : $"'{name}' must be 'subscribed', 'unsubscribed', or 'opted_in'";

    private static bool IsLocation(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("longitude", out var longitude) && IsBetween(longitude, 180)
        && value.TryGetProperty("latitude", out var latitude) && IsBetween(latitude, 90);

    private static bool IsBetween(JsonElement value, double degrees) =>
        value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble()) <= degrees;

    private static string? RefuseGroups(JsonElement groups, IReadOnlySet<string>? known)
    {
        if (groups.ValueKind != JsonValueKind.Array)
            return Unproven.GroupsNotArray;
        foreach (var group in groups.EnumerateArray())
        {
            if (group.ValueKind != JsonValueKind.Object
                || !group.TryGetProperty("subscription_group_id", out _)
                || !group.TryGetProperty("subscription_state", out _))
            {
                return Unproven.GroupNotHash;
            }

            if (!SubscriptionGroups.IsKnown(group.StringOf("subscription_group_id"), known))
                return Unproven.BadGroupId;
            if (group.StringOf("subscription_state") is not ("subscribed" or "unsubscribed"))
                return Unproven.BadGroupState;
        }

        return null;
    }

    private static string? RefuseTokens(JsonElement tokens)
    {
        if (tokens.ValueKind != JsonValueKind.Array)
            return Unproven.TokensNotArray;
        foreach (var token in tokens.EnumerateArray())
        {
            if (token.ValueKind != JsonValueKind.Object)
                return Unproven.TokensNotArray;
            if (token.StringOf("app_id") is not { Length: > 0 })
                return Unproven.BadTokenApp;
            if (token.StringOf("token") is not { Length: > 0 })
                return Unproven.BadToken;
            if (token.Has("device_id", out var device)
                && (device.ValueKind != JsonValueKind.String || Encoding.UTF8.GetByteCount(Json.Text(device)) is < 8 or > 255))
            {
                return Unproven.BadDevice;
            }
        }

        return null;
    }

    private static string? RefuseImport(JsonElement json) =>
        json.Has("external_id", out _) || json.Has("braze_id", out _) || json.ArrayOf("push_tokens") is not { Count: > 0 }
            ? Unproven.BadTokenImport
            : null;
}
