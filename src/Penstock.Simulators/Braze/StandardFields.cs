using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// What each standard field takes. A value that does not fit is ignored without a word, unless <see cref="AttributesCheck"/> has refused
/// the object before. Braze docs, user attributes object and standard attributes (2026).
/// </summary>
internal static class StandardFields
{
    private const int MaxStringLength = 255;
    private const int MaxUrlLength = 1024;

    private static readonly Dictionary<string, Func<JsonElement, Effect>> Rules = new(StringComparer.Ordinal)
    {
        ["email"] = value => Store(value.GetString()),
        ["phone"] = Text,                                    // an invalid number is flagged later, not refused (user phone numbers)
        ["first_name"] = Text,
        ["last_name"] = Text,
        ["home_city"] = Text,
        ["dob"] = value => If(value, BrazeDates.IsDay),
        ["gender"] = value => If(value, text => text is "M" or "F" or "O" or "N" or "P"),
        ["country"] = Country,
        ["language"] = value => If(value, Codes.IsLanguage),   // what happens to others is not said; ignored is assumed
        ["time_zone"] = value => If(value, Codes.IsTimeZone),  // "Only valid time zone values are set."
        ["image_url"] = value => If(value, _ => true, MaxUrlLength),
        ["current_location"] = value => Store(Json.ToNode(value)),
        ["email_subscribe"] = value => Store(value.GetString()),
        ["push_subscribe"] = value => Store(value.GetString()),
        ["email_open_tracking_disabled"] = Boolean,
        ["email_click_tracking_disabled"] = Boolean,
        ["marked_email_as_spam_at"] = Date,
        ["date_of_first_session"] = Date,
        ["date_of_last_session"] = Date,
        ["push_tokens"] = value => Store(Json.ToNode(value)),
        ["facebook"] = Object,
        ["twitter"] = Object,
        ["bio"] = _ => Effect.Nothing,                       // removed years ago
    };

    /// <summary>Names that can be on a profile.</summary>
    public static IReadOnlySet<string> Stored { get; } = Rules.Keys.Where(name => name != "bio").ToHashSet(StringComparer.Ordinal);

    /// <summary>Members of an attributes object that are not data: identifiers and switches.</summary>
    public static IReadOnlySet<string> Control { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "external_id", "user_alias", "braze_id", "subscription_groups", "_update_existing_only", "_merge_objects", "push_token_import",
    };

    /// <summary>What the value does to the field, or null when the name is no standard field.</summary>
    public static Effect? EffectOf(string name, JsonElement value)
    {
        if (!Rules.TryGetValue(name, out var rule))
            return null;
        if (value.ValueKind != JsonValueKind.Null)
            return rule(value);
        // A consent cannot be absent: null brings the default back (assumed).
        return name is "email_subscribe" or "push_subscribe" ? Store("subscribed") : Effect.Remove;
    }

    // "Australia" may become AU; what is not understood becomes NULL, in place of what was there.
    private static Effect Country(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Codes.CountryOf(Json.Text(value)) is { } code ? Store(code) : Effect.Remove;

    private static Effect Text(JsonElement value) => If(value, _ => true);

    private static Effect Date(JsonElement value) => If(value, text => BrazeDates.TryParse(text, out _));

    private static Effect Boolean(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Store(Json.ToNode(value)) : Effect.Nothing;

    private static Effect Object(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? Store(Json.ToNode(value)) : Effect.Nothing;

    private static Effect If(JsonElement value, Func<string, bool> fits, int maxLength = MaxStringLength)
    {
        if (value.ValueKind != JsonValueKind.String)
            return Effect.Nothing;
        var text = Json.Text(value);
        return !Json.LongerThan(text, maxLength) && fits(text) ? Store(text) : Effect.Nothing;
    }

    private static Effect Store(JsonNode? value) => new(true, value);

    /// <summary>Whether the field changes, and to what; a null value removes it.</summary>
    public readonly record struct Effect(bool Changes, JsonNode? Value)
    {
        public static Effect Nothing => default;

        public static Effect Remove => new(true, null);
    }
}
