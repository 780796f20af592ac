using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>Applies an attributes object that was not refused.</summary>
internal static class AttributesWrite
{
    private const int MaxNameLength = 255;

    public static void Apply(Instance instance, JsonElement json, Identifier identifier)
    {
        var profile = FindOrCreate(instance.Profiles, json, identifier);
        if (profile is null)
            return;
        instance.Profiles.Touch(profile);
        var merge = json.TryGetProperty("_merge_objects", out var flag) && flag.ValueKind == JsonValueKind.True;
        foreach (var member in json.EnumerateObject())
        {
            var name = instance.Profiles.Names.Of(member);
            if (StandardFields.Control.Contains(name))
                continue;
            if (instance.Options.BlockedAttributes?.Contains(name) == true)
                continue; // Braze docs, data points: blocklisted names are ignored and cost nothing
            instance.Ledger.Add(identifier.Key, name, member.Value);
            if (StandardFields.EffectOf(name, member.Value) is not { } effect)
                SetCustom(instance, profile, name, member.Value, merge);
            else if (effect.Changes)
                instance.Profiles.SetField(profile, name, effect.Value);
        }

        // Last, so that the groups reach the profiles with the address that this very object sets.
        if (json.Has("subscription_groups", out var groups))
            SubscriptionGroups.Apply(instance.Profiles, profile, groups);
    }

    // A mis-cased standard name is a custom attribute: "The following user profile fields are case sensitive" (user attributes object).
    private static void SetCustom(Instance instance, Profile profile, string name, JsonElement sent, bool merge)
    {
        // Names to 255 characters; a longer one, and one that begins with a dollar sign, is ignored (assumed).
        if (name.Length == 0 || name.StartsWith('$') || Json.LongerThan(name, MaxNameLength))
            return;
        if (!CustomValues.TryApply(sent, profile.Custom.GetValueOrDefault(name), merge, out var value))
            return;
        if (value is null)
        {
            profile.Custom.Remove(name);
            return;
        }

        profile.Custom[name] = value;
        if (!instance.Profiles.Attributes.ContainsKey(name))
            instance.Profiles.Attributes.Add(name, CustomValues.TypeOf(value));
    }

    // The table in Braze docs, POST /users/track and user attributes object: by alias only updates unless the flag is false;
    // an update of a missing user does nothing and is reported as a success.
    private static Profile? FindOrCreate(Profiles profiles, JsonElement json, Identifier identifier)
    {
        if (identifier.Find(profiles) is { } found)
            return found;
        bool? updateOnly = json.TryGetProperty("_update_existing_only", out var flag)
            ? flag.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : null;
        var create = identifier.Kind switch
        {
            IdentifierKind.Alias => updateOnly == false,
            IdentifierKind.BrazeId => false, // assumed: Braze gives these ids out itself
            _ => updateOnly != true,
        };
        if (!create)
            return null;
        var profile = profiles.Create();
        if (identifier.Kind == IdentifierKind.ExternalId)
            profiles.SetExternalId(profile, identifier.Value);
        else if (identifier.Kind == IdentifierKind.Alias)
            profiles.AddAlias(profile, identifier.Alias);
        return profile;
    }
}
