using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// The standard fields of a profile and what custom attributes may be. Sources, unless a field names another:
/// braze.com/docs/api/objects_filters/user_attributes_object/ and braze.com/docs/user_guide/data/activation/attributes/standard_attributes/
/// (2026). Left out: <c>facebook</c>, <c>twitter</c> and <c>push_tokens</c>, which an SDK collects, and <c>bio</c>, which Braze ignores.
/// </summary>
internal static class BrazeFields
{
    // Said of custom attributes: a longer text is not stored though the call succeeds. Whether standard fields are cut, dropped or kept
    // is not documented; unsure, so a longer one is reported rather than lost.
    private const int MaxText = 255;

    private const string AddressCharacter = @"[a-zA-Z0-9_\-^+$'&#/!%*=?`|~\p{L}\p{N}]";
    private const string HostPart = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    private static readonly string[] ConsentWords = ["opted_in", "subscribed", "unsubscribed"];

    public static Field ExternalId { get; } = new("external_id", "External ID", DataKind.String)
    {
        Help = "Your own id of the user: matched exactly, upper and lower case apart. Can't be taken away later.",
        Required = true,
        MaxBytes = 987, // EXTERNAL_USER_ID_TOO_LARGE
        Pattern = @"(?s).*\S.*",
        RuleInWords = "must not be empty",
        Clearable = false,
        Billable = false,
    };

    public static IReadOnlyList<Field> Known { get; } =
    [
        new("email", "E-mail address", DataKind.Email)
        {
            // EMAIL_BAD_FORMAT refuses the whole user. The rules for most hosts, from
            // braze.com/docs/user_guide/message_building_by_channel/email/email_setup/email_validation (2026); what a few
            // hosts (Microsoft's, Google's) are narrower about, Braze refuses itself, user by user.
            Pattern = $@"{AddressCharacter}(?:(?:{AddressCharacter}|\.)*{AddressCharacter})?@{HostPart}(?:\.{HostPart})+",
            RuleInWords = "must be an e-mail address such as ann@example.com",
            Help = "A user with an address that Braze can't read is refused as a whole. Hosts beyond ASCII are written in Punycode.",
        },
        new("phone", "Phone number", DataKind.Phone)
        {
            Help = "With country code, such as +5511987654321; ten digits without + are read as a number in the United States.",
        },
        Text("first_name", "First name", null),
        Text("last_name", "Last name", null),
        new("dob", "Date of birth", DataKind.Date) { Help = "Sent as YYYY-MM-DD." },
        new("gender", "Gender", DataKind.String)
        {
            Help = "M male, F female, O other, N not applicable, P prefers not to say.",
            Allowed = ["M", "F", "O", "N", "P"],
            RuleInWords = "must be M, F, O, N or P",
        },
        Text("home_city", "Home city", null),
        new("country", "Country", DataKind.String)
        {
            Help = "A two-letter code such as BR. Braze empties the field when it doesn't know the code, and its SDK no longer sets it.",
            Allowed = BrazeCodes.Countries,
            RuleInWords = "must be a two-letter country code of ISO 3166-1, such as BR",
        },
        new("language", "Language", DataKind.String)
        {
            // Braze has a list of its own, said to be ISO 639-1; its exact length is unsure.
            Help = "A two-letter code such as pt. Braze's SDK no longer sets it then.",
            Allowed = BrazeCodes.Languages,
            RuleInWords = "must be a two-letter language code of ISO 639-1, such as pt",
        },
        Text("time_zone", "Time zone", "An IANA name such as America/Sao_Paulo. Braze ignores a name it doesn't know, without a word."),
        new("image_url", "Image", DataKind.Url)
        {
            // In the standard attributes page, missing from the API's own table: unsure.
            Help = "The address of a picture of the user.",
            MaxLength = 1024,
        },
        Consent("email_subscribe", "E-mail subscription", "e-mail"),
        Consent("push_subscribe", "Push subscription", "push messages"),
        new("current_location", "Current location", DataKind.Json)
        {
            Help = "An object with longitude and latitude, such as {\"longitude\": -46.6, \"latitude\": -23.5}. Anything else "
                + "refuses the user.",
            RuleInWords = "must be an object with longitude and latitude",
            Advanced = true,
        },
        Flag("email_open_tracking_disabled", "No tracking of opened e-mails"),
        Flag("email_click_tracking_disabled", "No tracking of clicks in e-mails"),
        new("marked_email_as_spam_at", "Marked as spam at", DataKind.Timestamp)
        {
            Help = "When the user reported an e-mail as spam. For moving from another system.",
            Billable = false,
            Advanced = true,
        },
        Session("date_of_first_session", "First session", "first used the app"),
        Session("date_of_last_session", "Last session", "last used the app"),
    ];

    public static CustomFields Custom { get; } = new(
        [
            DataKind.String, DataKind.Email, DataKind.Url, DataKind.Phone, DataKind.Boolean, DataKind.Integer, DataKind.Decimal,
            DataKind.Float, DataKind.Date, DataKind.Timestamp, DataKind.Json,
        ],
        Arrays: true)
    {
        Word = "custom attribute",
        MaxNameLength = 255,
        MaxTextLength = MaxText,

        // That names with a leading $ or _ are trouble is inferred from Braze's own control keys; unsure.
        NamePattern = @"(?s)[^$_\s].*",
        NameRuleInWords = "must not begin with $, _ or a space",

        // A standard name in another case silently becomes a custom attribute beside the field that was meant. The known fields are
        // reserved as such; these are the names that Braze gives a meaning besides.
        Reserved =
        [
            "external_id", "user_alias", "braze_id", "appboy_id", "subscription_groups", "push_tokens", "push_token_import",
            "email_subscription_info", "facebook", "twitter", "bio", "_update_existing_only", "_merge_objects",
        ],
    };

    private static Field Text(string name, string label, string? help) =>
        new(name, label, DataKind.String) { Help = help, MaxLength = MaxText };

    private static Field Consent(string name, string label, string what) => new(name, label, DataKind.String)
    {
        Help = $"Consent to {what}: opted_in, subscribed or unsubscribed. New users are 'subscribed' when nothing is sent. Any other word "
            + "refuses the whole user.",
        Allowed = ConsentWords,
        RuleInWords = "must be opted_in, subscribed or unsubscribed",
        Clearable = false, // only the three words are documented; null is unsure, and no state of consent
        Billable = false,
    };

    private static Field Flag(string name, string label) => new(name, label, DataKind.Boolean)
    {
        Help = "Only where Braze sends through SparkPost or SendGrid.",
        Billable = false,
        Advanced = true,
    };

    private static Field Session(string name, string label, string what) => new(name, label, DataKind.Timestamp)
    {
        // Whether these cost a data point is not listed; unsure, so they are counted.
        Help = $"When the user {what}. Normally set by Braze's SDK; for moving from another system.",
        Advanced = true,
    };
}
