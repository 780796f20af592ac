using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>Subscription groups: known ids, and states that reach every profile with the same address.</summary>
internal static class SubscriptionGroups
{
    /// <summary>A well-formed UUID, and one of the known ones when those were given.</summary>
    public static bool IsKnown(string? id, IReadOnlySet<string>? known) =>
        id is not null
        && Guid.TryParseExact(id, "D", out _)
        && (known is null || known.Contains(id) || known.Contains(id.ToLowerInvariant()));

    /// <summary>Sets the states named by an attributes object.</summary>
    public static void Apply(Profiles profiles, Profile profile, JsonElement groups)
    {
        foreach (var group in groups.EnumerateArray())
        {
            if (group.StringOf("subscription_group_id") is { } id)
                Set(profiles, profile, id, group.StringOf("subscription_state") == "subscribed");
        }
    }

    // Braze docs, POST /users/track, set subscription groups: the status of any users with the same email changes too.
    public static void Set(Profiles profiles, Profile profile, string id, bool subscribed)
    {
        var key = id.ToLowerInvariant();
        profile.Groups[key] = subscribed;
        if (profile.Text("email") is not { } email)
            return;
        foreach (var other in profiles.ByEmail(email))
            other.Groups[key] = subscribed;
    }
}
