namespace Penstock.Simulators.Braze;

/// <summary>
/// Everything nobody has published evidence for: texts and choices that are assumed. One evening with a real sandbox key can correct
/// them all here. Nothing in Penstock may depend on one of these texts.
/// </summary>
internal static class Unproven
{
    // Status bodies whose wording is not recorded.
    public const string AccessDenied = "Access Denied";
    public const string UnsupportedMediaType = "Unsupported Media Type";
    public const string BadRequest = "Bad Request";
    public const string RateLimited = "Rate Limited";
    public const string TooLargeHtml =
        "<html>\n<head><title>413 Request Entity Too Large</title></head>\n<body><h1>413 Request Entity Too Large</h1></body>\n</html>\n";

    // Cloudflare stands in front of Braze, so that a 5xx may be HTML; its text is made up.
    public const string ServerErrorHtml = "<html><head><title>Server error</title></head><body><h1>Server error</h1></body></html>\n";

    // The size is a third party's reading of Braze's "basics" page (2026-08); whether a MB is 1,000,000 bytes is not said.
    public const int MaxBytes = 4_000_000;
    public const int MaxBulkBytes = 2_000_000;

    // The docs name the condition, the wire's text is not recorded.
    public const string MaxInputLength = "Max Input Length Exceeded";
    public const string TooManyIds = "The max number of ids per request was exceeded";
    public const string TooManyExportIds = "The max number of external_ids and aliases per request was exceeded";
    public const string OneKindOfId = "Only one type of identifier may be provided per request";
    public const string NoIds = "Valid ids must be provided";
    public const string NoItems = "Valid data must be provided";
    public const string NoFieldsToExport = "'fields_to_export' is required";
    public const string PrioritizationRequired = "'prioritization' is required when identifying by email or phone";
    public const string InvalidState = "Invalid subscription state";
    public const string NoUsers = "An 'external_id', 'email' or 'phone' must be provided";

    // Texts of refused objects, written after the names in Braze's list of track errors (2026).
    public const string NotAnObject = "must be an object";
    public const string BadIdentifier = "'external_id' must be a string";
    public const string BadBrazeId = "'braze_id' must be a string";
    public const string BadAlias = "'user_alias' must be an object with 'alias_name' and 'alias_label'";
    public const string IdTooLarge = "'external_id' must not exceed 987 bytes";
    public const string BadEmail = "'email' is not a valid email address";
    public const string BadPhone = "'phone' must be a string";
    public const string BadLocation = "'current_location' must be an object containing 'longitude' and 'latitude'";
    public const string GroupsNotArray = "'subscription_groups' must be an array";
    public const string GroupNotHash =
        "each item in 'subscription_groups' must be an object with 'subscription_group_id' and 'subscription_state'";
    public const string BadGroupId = "'subscription_group_id' must be a valid subscription group UUID";
    public const string BadGroupState = "'subscription_state' must be 'subscribed' or 'unsubscribed'";
    public const string TokensNotArray = "'push_tokens' must be an array of objects";
    public const string BadTokenApp = "'app_id' must be a valid app identifier";
    public const string BadToken = "'token' must be a string";
    public const string BadDevice = "'device_id' must be between 8 and 255 bytes";
    public const string BadTokenImport = "token imports must include tokens and exclude 'external_id' and 'braze_id'";
    public const string SubscriptionInfo = "'email_subscription_info' is not a valid attribute";
    public const string NoEventName = "'name' is required";
    public const string BadTime = "'time' is required and must be a valid ISO 8601 date";
    public const string BadProperties = "'properties' is not valid";
    public const string BadProduct = "'product_id' is required and must not exceed 255 characters";
    public const string BadCurrency = "'currency' must be an ISO 4217 code";
    public const string BadPrice = "'price' must be a number";
    public const string BadQuantity = "'quantity' must be an integer between 1 and 100";
    public const string TooManyForOneUser = "more than 100 objects for one user";

    // Errors of external id changes: the shape (text, index) is documented, the texts are not.
    public const string NotPrimary = "current_external_id does not exist or is not a primary external id";
    public const string AlreadyUsed = "new_external_id is already in use";
    public const string SameId = "current_external_id and new_external_id must differ";
    public const string NotDeprecated = "external_id is not a deprecated external id";
    public const string BadRename = "current_external_id and new_external_id must be strings";
}
