using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>The one kind of destination: a workspace's users.</summary>
internal static class BrazeUsers
{
    public const string SubscriptionGroup = "subscription_group";
    public const string SegmentAttribute = "segment_attribute";
    public const string BooleanAttribute = "boolean_attribute";
    public const string LeaveAlone = "leave_alone";

    public static DestinationKind Kind { get; } = new("users", "Users")
    {
        Options = Options.Of<BrazeUsersOptions>(),
        Key = BrazeFields.ExternalId,
        Fields = BrazeFields.Known,
        CustomFields = BrazeFields.Custom,
        SyncModes = SyncModes.Sync | SyncModes.Additive | SyncModes.Enrich,
        Groups = Forms,
        Removals =
        [
            new("delete", RemovalAct.Delete, "Delete the user in Braze, for good. Needs users.delete."),
            new("clear", RemovalAct.Clear, "Clear the mapped custom attributes and leave the mapped groups; the user stays."),
            new("leave", RemovalAct.Leave, "Leave the user in Braze as it is."),
        ],
        CountsDataPoints = true,

        // braze.com/docs/api/endpoints/user_data/post_user_track/ and braze.com/docs/api/api_limits/ (2026): 75 objects a request, 3,000
        // requests per 3 seconds on data-point contracts. Contracts by monthly active users have limits of their own, which Braze tells
        // in its headers. 4 MB is a third party's reading of the basics page of 2026-08; unsure.
        Limits = new()
        {
            Records = BrazeUsersOptions.MostObjects,
            Bytes = 4_000_000,
            Requests = 3_000,
            Per = TimeSpan.FromSeconds(3),
            Concurrency = 32,
        },

        // braze.com/docs/api/endpoints/user_data/post_user_delete/ (2026): 50 ids; 20,000 requests a minute shared with identify, merge
        // and the alias endpoints.
        RemoveLimits = new()
        {
            Records = 50,
            Bytes = 4_000_000,
            Requests = 20_000,
            Per = TimeSpan.FromMinutes(1),
            Concurrency = 16,
            Pool = "users",
        },

        // braze.com/docs/api/endpoints/user_data/external_id_migration/post_external_ids_rename (2026)
        RenameLimits = new() { Records = 50, Bytes = 4_000_000, Requests = 1_000, Per = TimeSpan.FromMinutes(1), Concurrency = 4 },

        // braze.com/docs/api/endpoints/export/user_data/post_users_identifier/ (2026): 250 a minute for customers since 2024-08-22, 40 a
        // second where only few fields are asked for; older customers 2,500 a minute. The headers tell.
        LookupLimits = new() { Records = 50, Bytes = 4_000_000, Requests = 250, Per = TimeSpan.FromMinutes(1), Concurrency = 4 },
    };

    private static IReadOnlyList<GroupForm> Forms =>
    [
        new(SegmentAttribute, "An element of a custom array attribute")
        {
            Help = "The group's id is added to the array when a user enters and taken out when the user leaves. Several groups may share "
                + "one attribute; elements that others put there stay. Segments in Braze then filter by 'includes value'.",
            TargetInWords = "the name of a custom attribute, such as penstock_groups",
            TargetIsField = true,
            SharesTarget = true,
            Billable = true,
        },
        new(BooleanAttribute, "A custom attribute that is true or false")
        {
            Help = "Set to true when a user enters the group and to false when the user leaves it. Each group needs an attribute "
                + "of its own.",
            TargetInWords = "the name of a custom attribute, such as is_high_value",
            TargetIsField = true,
            Billable = true,
        },
        new(SubscriptionGroup, "A subscription group")
        {
            Help = "A subscription group is marketing consent, not a segment: entering the group subscribes the user to that list, and "
                + "Braze gives the same state to every other profile with the same e-mail address. Use it only for groups that mean "
                + "consent. A user who unsubscribed in Braze is subscribed again only on entering the group anew.",
            TargetPattern = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
            TargetInWords = "the subscription group's id, a UUID that its page in Braze shows",
            Leaving =
            [
                new("unsubscribe", "unsubscribe", "Unsubscribe the user"),
                new(LeaveAlone, LeaveAlone, "Leave the subscription alone"),
            ],
        },
    ];
}
