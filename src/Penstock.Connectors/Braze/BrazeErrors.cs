using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// Braze's messages in plain sentences with what to do. Its documentation names errors in capitals while its answers hold English
/// sentences, so both are looked for and neither is relied on: braze.com/docs/api/errors/ and
/// braze.com/docs/api/endpoints/user_data/post_user_track/ (2026).
/// </summary>
internal static class BrazeErrors
{
    private const int MostShown = 300;

    // Looked through in this order: "email_subscribe" before anything about e-mail addresses.
    private static readonly Known[] All =
    [
        new(["Max Input Length Exceeded"], new(
            "braze.too_many_users",
            "Braze takes fewer users per request under this contract.",
            "Set 'object_cap: 50' in the destination.")),
        new(["max number of"], new(
            "braze.too_many_ids",
            "Braze takes fewer ids per request than were sent.",
            "Please report this: Penstock sends 50, as Braze documents.")),
        new(["email_subscribe", "push_subscribe", "BAD_EMAIL_SUBSCRIPTION_STATE", "BAD_PUSH_SUBSCRIPTION_STATE"], new(
            "braze.bad_consent",
            "Braze refused the word for the e-mail or push subscription.",
            "Only opted_in, subscribed and unsubscribed are good: correct the property mapped to email_subscribe or push_subscribe.")),
        new(["email_subscription_info"], new(
            "braze.unknown_attribute",
            "Braze doesn't take an attribute called email_subscription_info.",
            "Take it out of the mapping.")),
        new(["subscription_group", "subscription group"], new(
            "braze.bad_subscription_group",
            "Braze refused the subscription group.",
            "Compare the id in the destination's 'groups' with the one on the subscription group's page in Braze, in this workspace.")),
        new(["EMAIL_BAD_FORMAT", "'email'", "email address", "invalid email"], new(
            "braze.bad_email",
            "Braze refused the e-mail address.",
            "Correct it in the source; the user is sent again when it changes."), Unless: "is required"),
        new(["EXTERNAL_USER_ID_TOO_LARGE", "external_id' is too", "external_id is too", "987"], new(
            "braze.external_id_too_long",
            "The external_id is longer than Braze takes (987 bytes).",
            "Map a shorter id.")),
        new(["BLACKLISTED_EXTERNAL_USER_ID", "blacklisted and disallowed"], new(
            "braze.blocked_user",
            "Braze has blocked this external_id (dummy ids and users with millions of sessions).",
            "Leave the user out with a group, or ask Braze.")),
        new(["BAD_LOCATION_UPDATE", "current_location"], new(
            "braze.bad_location",
            "Braze refused the current location.",
            "It must be an object with longitude and latitude, both numbers.")),
        new(["specify only one of"], new(
            "braze.two_identifiers",
            "Braze was given two identifiers of one user.",
            "Take user_alias and braze_id out of the mapping: external_id is enough.")),
        new(["is required"], new(
            "braze.no_identifier",
            "Braze found no identifier of the user.",
            "See that the property mapped to external_id has a value.")),
        new(["already in use", "already exists", "already taken"], new(
            "braze.id_taken",
            "Braze has another user with the new external_id already.",
            "Merge the two users in Braze, or give the record another id.")),
        new(["BAD_PUSH_TOKEN", "BAD_DEVICE_ID", "push_token"], new(
            "braze.bad_push_token",
            "Braze refused a push token.",
            "Take push tokens out of the mapping.")),
        new(["Valid data must be provided"], new(
            "braze.nothing_valid",
            "Braze found nothing in the request that it can take.",
            "Look at the user's values with 'penstock explain'.")),
    ];

    /// <summary>The user to rename is not there: its first delivery was undone in Braze.</summary>
    public static Problem NobodyToRename { get; } = new(
        "braze.nobody_to_rename",
        "Braze has no user with the id from before.",
        "Somebody removed the user there, or renamed it to another id.");

    /// <summary>What Braze said of one record, in plain words.</summary>
    public static Problem Explain(string text)
    {
        foreach (var known in All)
        {
            if (known.IsIn(text))
                return known.Problem;
        }

        return new("braze.refused", $"Braze says: {Short(text)}", null);
    }

    /// <summary>A rename that may have been done before.</summary>
    public static Problem UnclearRename(string text) => new(
        "braze.rename_unclear",
        $"Braze didn't rename the user, which may have been renamed before. It says: {Short(text)}",
        $"Give the key the permission {BrazeLookup.Permission}, so that Penstock can ask; the next run tries again.");

    /// <summary>
    /// A request that was not taken and names no record. What is about its content is halved by the engine until the record is found;
    /// what isn't fails, for the next run.
    /// </summary>
    /// <exception cref="ConnectionException">There is no Braze at the address.</exception>
    public static Outcomes NotTaken(Batch batch, HttpAnswer answer, Uri endpoint) => answer.Status switch
    {
        404 => throw NotBraze(endpoint, answer),
        413 => batch.RefusedAsWhole(new(
            "braze.too_large", "The user's data is larger than Braze takes in a request (4 MB).", "Map fewer or shorter values.")),
        400 when BrazeAnswer.Message(answer.Json()) is { } message => batch.RefusedAsWhole(Explain(message)),
        400 => Unclear(batch, answer),
        _ => batch.AllFailed(new(
            "braze.unexpected_answer",
            $"Braze answered with status {answer.Status}.",
            "The next run tries again. If it goes on, please report it.")),
    };

    /// <summary>
    /// An answer that can't be read: a proxy's page, half a body. Nobody knows what was taken, so all is sent again in halves, in case one
    /// record provokes it; what is left over fails, for the next run. Sending twice does no harm.
    /// </summary>
    public static Outcomes Unclear(Batch batch, HttpAnswer answer)
    {
        var reason = new Problem(
            "braze.unreadable_answer",
            $"The answer with status {answer.Status} is not one of Braze's.",
            "Often a proxy or firewall between here and Braze answers in its place. The next run tries again.");
        return batch.Count == 1 ? batch.AllFailed(reason) : batch.RefusedAsWhole(reason);
    }

    /// <summary>The address is not a Braze REST API's.</summary>
    public static ConnectionException NotBraze(Uri endpoint, HttpAnswer answer) => new(
        answer.Status == 404 ? ConnectionFault.NotFound : ConnectionFault.Other,
        new(
            "braze.not_braze",
            $"{endpoint} answers with status {answer.Status}, but not as Braze's REST API does.",
            "The REST address is not the dashboard's: use an instance's name such as US-01, which your dashboard's address tells."));

    /// <summary>Whether there is more to say about such a fault than what every HTTP API shares.</summary>
    public static bool Explains(ConnectionFault fault) =>
        fault is ConnectionFault.NotAuthorised or ConnectionFault.NoPermission or ConnectionFault.HostUnknown;

    /// <summary>A connection's fault with what it means at Braze.</summary>
    public static ConnectionException Explain(ConnectionException fault, Uri endpoint, string permission) => new(
        fault.Fault,
        fault.Fault switch
        {
            ConnectionFault.NotAuthorised => new(
                "braze.key_not_accepted",
                $"Braze at {endpoint.Host} does not accept the API key.",
                "A key is good for one workspace on one instance: see that 'endpoint' is the instance of your dashboard, and that the key "
                    + $"was copied whole, not deleted since, and has the permission {permission}."),
            ConnectionFault.NoPermission => new(
                "braze.no_permission",
                $"The API key lacks the permission {permission}.",
                $"A key's permissions can't be changed later: make a new one with {permission} in Braze under Settings → APIs and "
                    + "Identifiers. If the key has a list of allowed IP addresses, this machine's must be on it."),
            _ => new(
                "braze.host_unknown",
                $"There is no host called {endpoint.Host}.",
                "Use an instance's name such as US-01 or EU-01, which your dashboard's address tells. If the name is right, look at this "
                    + "machine's network."),
        },
        fault);

    private static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "…";

    private sealed record Known(string[] Signs, Problem Problem, string? Unless = null)
    {
        public bool IsIn(string text) =>
            Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase))
            && (Unless is null || !text.Contains(Unless, StringComparison.OrdinalIgnoreCase));
    }
}
