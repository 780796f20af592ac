using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>The codes of what Braze says, of the connection and of one user. <see cref="BrazeErrors"/> tells them apart.</summary>
public static class BrazeProblems
{
    /// <summary>Fewer users per request.</summary>
    public static ProblemCode TooManyUsers { get; } = new(
        "braze.too_many_users",
        "Braze takes fewer users per request under this contract.",
        "Set object_cap: 50 in the destination.");

    /// <summary>Fewer ids per request.</summary>
    public static ProblemCode TooManyIds { get; } = new(
        "braze.too_many_ids",
        "Braze takes fewer ids per request than were sent.",
        "Please report this: Penstock sends as many as Braze documents.");

    /// <summary>A subscription's state is not one of Braze's.</summary>
    public static ProblemCode BadConsent { get; } = new(
        "braze.bad_consent",
        "Braze refused the word for the e-mail or push subscription.",
        "Only opted_in, subscribed and unsubscribed are good: correct the property mapped to it.");

    /// <summary>An attribute is not taken.</summary>
    public static ProblemCode UnknownAttribute { get; } = new(
        "braze.unknown_attribute",
        "Braze doesn't take an attribute of this name.",
        "Take it out of the mapping.");

    /// <summary>A subscription group is not known.</summary>
    public static ProblemCode BadSubscriptionGroup { get; } = new(
        "braze.bad_subscription_group",
        "Braze refused the subscription group.",
        "Compare the id in the destination's groups with the one on the group's page in Braze, in this workspace.");

    /// <summary>An e-mail address is refused.</summary>
    public static ProblemCode BadEmail { get; } = new(
        "braze.bad_email",
        "Braze refused the e-mail address.",
        "Correct it in the source; the user is sent again when it changes.");

    /// <summary>The external_id is too long.</summary>
    public static ProblemCode ExternalIdTooLong { get; } = new(
        "braze.external_id_too_long",
        "The external_id is longer than Braze takes (987 bytes).",
        "Map a shorter id.");

    /// <summary>Braze has blocked the external_id.</summary>
    public static ProblemCode BlockedUser { get; } = new(
        "braze.blocked_user",
        "Braze has blocked this external_id, as it does with dummy ids.",
        "Leave the user out with a group, or ask Braze.");

    /// <summary>A location is refused.</summary>
    public static ProblemCode BadLocation { get; } = new(
        "braze.bad_location",
        "Braze refused the current location.",
        "It must be an object with longitude and latitude, both numbers.");

    /// <summary>Two identifiers of one user.</summary>
    public static ProblemCode TwoIdentifiers { get; } = new(
        "braze.two_identifiers",
        "Braze was given two identifiers of one user.",
        "Take user_alias and braze_id out of the mapping: external_id is enough.");

    /// <summary>No identifier of the user.</summary>
    public static ProblemCode NoIdentifier { get; } = new(
        "braze.no_identifier",
        "Braze found no identifier of the user.",
        "See that the property mapped to external_id has a value.");

    /// <summary>Another user has the new id.</summary>
    public static ProblemCode IdTaken { get; } = new(
        "braze.id_taken",
        "Braze has another user with the new external_id already.",
        "Merge the two users in Braze, or give the record another id.");

    /// <summary>A push token is refused.</summary>
    public static ProblemCode BadPushToken { get; } = new(
        "braze.bad_push_token",
        "Braze refused a push token.",
        "Take push tokens out of the mapping.");

    /// <summary>Nothing in the request can be taken.</summary>
    public static ProblemCode NothingValid { get; } = new(
        "braze.nothing_valid",
        "Braze found nothing in the request that it can take.",
        "Look at the user's values with penstock explain.");

    /// <summary>The user to rename is not there.</summary>
    public static ProblemCode NobodyToRename { get; } = new(
        "braze.nobody_to_rename",
        "Braze has no user with the id from before: somebody removed or renamed it there.",
        "See that nobody else changes ids in Braze; penstock explain shows both ids.");

    /// <summary>A rename may have been done before.</summary>
    public static ProblemCode RenameUnclear { get; } = new(
        "braze.rename_unclear",
        "Braze didn't rename the user, which may have been renamed before.",
        "Give the key the permission that the message names, so that Penstock can ask; the next run tries again.");

    /// <summary>Another reason.</summary>
    public static ProblemCode Refused { get; } = new(
        "braze.refused",
        "Braze refused the user, for the reason that the message quotes.",
        "See what Braze says; the user is sent again when it changes.");

    /// <summary>The user's data is too large.</summary>
    public static ProblemCode TooLarge { get; } = new(
        "braze.too_large",
        "The user's data is larger than Braze takes in a request (4 MB).",
        "Map fewer or shorter values.");

    /// <summary>A status that Braze does not document.</summary>
    public static ProblemCode UnexpectedAnswer { get; } = new(
        "braze.unexpected_answer",
        "Braze answered with a status that it does not document.",
        "The next run tries again. If it goes on, please report it.");

    /// <summary>The answer is not one of Braze's.</summary>
    public static ProblemCode UnreadableAnswer { get; } = new(
        "braze.unreadable_answer",
        "The answer is not one of Braze's; often a proxy or firewall answers in its place.",
        "The next run tries again. If it goes on, look at what lies between here and Braze.");

    /// <summary>The address is not Braze's REST API.</summary>
    public static ProblemCode NotBraze { get; } = new(
        "braze.not_braze",
        "There is no REST API of Braze at the address.",
        "Use an instance's name such as US-01, which your dashboard's address tells.");

    /// <summary>The API key is not accepted.</summary>
    public static ProblemCode KeyNotAccepted { get; } = new(
        "braze.key_not_accepted",
        "Braze does not accept the API key.",
        "A key is good for one workspace on one instance: check the endpoint, and that the key was copied whole and not deleted.");

    /// <summary>The API key lacks a permission.</summary>
    public static ProblemCode NoPermission { get; } = new(
        "braze.no_permission",
        "The API key lacks the permission that the message names.",
        "Make a new key with it in Braze, under Settings, APIs and Identifiers; a key's permissions can't be changed later.");

    /// <summary>There is no such host.</summary>
    public static ProblemCode HostUnknown { get; } = new(
        "braze.host_unknown",
        "The instance's host is not known.",
        "Use an instance's name such as US-01 or EU-01, which your dashboard's address tells.");
}
