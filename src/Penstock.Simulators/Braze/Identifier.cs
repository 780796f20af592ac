using System.Text;
using System.Text.Json;

namespace Penstock.Simulators.Braze;

internal enum IdentifierKind
{
    None,
    ExternalId,
    Alias,
    BrazeId,
    Email,
    Phone,
}

/// <summary>Who an object of <c>/users/track</c> is about. Braze docs, POST /users/track, identifier resolution (2026).</summary>
internal readonly record struct Identifier(IdentifierKind Kind, string Value, string Label = "")
{
    private const int MaxExternalIdBytes = 987;

    public UserAlias Alias => new(Value, Label);

    /// <summary>How this user is called in the ledger and by the race detector.</summary>
    public string Key => Kind switch
    {
        IdentifierKind.ExternalId => Value,
        IdentifierKind.Alias => $"alias:{Label}:{Value}",
        IdentifierKind.BrazeId => $"braze:{Value}",
        IdentifierKind.Email => $"email:{Value}",
        _ => $"phone:{Value}",
    };

    /// <summary>Reads the identifier; returns why the object is refused, or null.</summary>
    public static string? Read(JsonElement json, IReadOnlySet<string>? blocked, out Identifier identifier)
    {
        identifier = default;
        var byId = json.Has("external_id", out var externalId);
        var byAlias = json.Has("user_alias", out var alias);
        var byBraze = json.Has("braze_id", out var brazeId);
        // Measured by leemour/braze-cli, 2026-09-15.
        if ((byId ? 1 : 0) + (byAlias ? 1 : 0) + (byBraze ? 1 : 0) > 1)
            return "You must specify only one of 'external_id', 'user_alias' or 'braze_id'";
        if (byId)
            return ReadExternalId(externalId, blocked, out identifier);
        if (byAlias)
            return ReadAlias(alias, out identifier);
        if (byBraze)
        {
            identifier = new Identifier(IdentifierKind.BrazeId, brazeId.ValueKind == JsonValueKind.String ? Json.Text(brazeId) : "");
            return identifier.Value.Length > 0 ? null : Unproven.BadBrazeId;
        }

        // With both, the address is what identifies.
        if (json.StringOf("email") is { Length: > 0 } email)
            identifier = new Identifier(IdentifierKind.Email, email);
        else if (json.StringOf("phone") is { Length: > 0 } phone && phone.Any(char.IsAsciiDigit))
            identifier = new Identifier(IdentifierKind.Phone, phone);
        else
            return Missing;
        return null;
    }

    // The text is in the tests of segmentio/action-destinations and of a second client.
    public const string Missing = "'external_id', 'braze_id', 'user_alias', 'email' or 'phone' is required";

    public Profile? Find(Profiles profiles) => Kind switch
    {
        IdentifierKind.ExternalId => profiles.ByExternalId(Value),
        IdentifierKind.Alias => profiles.ByAlias(Alias),
        IdentifierKind.BrazeId => profiles.ByBrazeId(Value),
        IdentifierKind.Email => Newest(profiles.ByEmail(Value)),
        IdentifierKind.Phone => Newest(profiles.ByPhone(Value)),
        _ => null,
    };

    // Braze docs, POST /users/track, FAQ: the most recently updated profile with an external id, else the most recently updated.
    private static Profile? Newest(IReadOnlyList<Profile> profiles) =>
        profiles.OrderByDescending(profile => profile.ExternalId is not null).ThenByDescending(profile => profile.Updated).FirstOrDefault();

    private static string? ReadExternalId(JsonElement value, IReadOnlySet<string>? blocked, out Identifier identifier)
    {
        // A number is taken and comes back as a string (recorded, jonallured/braze_ruby).
        var text = value.ValueKind switch
        {
            JsonValueKind.String => Json.Text(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        identifier = new Identifier(IdentifierKind.ExternalId, text ?? "");
        if (text is null)
            return Unproven.BadIdentifier;
        if (text.Length == 0)
            return Missing;
        if (Encoding.UTF8.GetByteCount(text) > MaxExternalIdBytes)
            return Unproven.IdTooLarge;
        // Braze docs, POST /users/track, fatal errors: the text for "dummy users".
        return blocked?.Contains(text) == true ? "provided external_id is blacklisted and disallowed" : null;
    }

    private static string? ReadAlias(JsonElement value, out Identifier identifier)
    {
        identifier = new Identifier(IdentifierKind.Alias, value.StringOf("alias_name") ?? "", value.StringOf("alias_label") ?? "");
        return identifier.Value.Length > 0 && identifier.Label.Length > 0 ? null : Unproven.BadAlias;
    }
}
