using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>One profile that delete, identify or merge is about; addresses and numbers need a rule for choosing among several.</summary>
internal readonly record struct Target(Identifier Identifier, IReadOnlyList<string> Prioritization)
{
    /// <summary>The profile; null when there is none, or when the rule leaves more than one.</summary>
    public Profile? Find(Profiles profiles)
    {
        if (Identifier.Kind is not (IdentifierKind.Email or IdentifierKind.Phone))
            return Identifier.Find(profiles);
        IEnumerable<Profile> left = Identifier.Kind == IdentifierKind.Email
            ? profiles.ByEmail(Identifier.Value)
            : profiles.ByPhone(Identifier.Value);
        foreach (var rule in Prioritization)
        {
            left = rule switch
            {
                "identified" => left.Where(profile => profile.ExternalId is not null),
                "unidentified" => left.Where(profile => profile.ExternalId is null),
                "most_recently_updated" => left.OrderByDescending(profile => profile.Updated).Take(1),
                "least_recently_updated" => left.OrderBy(profile => profile.Updated).Take(1),
                _ => left,
            };
        }

        var found = left.Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>Reads an element of <c>/users/delete</c>; returns why it is refused, or null.</summary>
    public static string? ForDelete(string kind, JsonElement item, out Target target)
    {
        target = default;
        switch (kind)
        {
            case "external_ids" or "braze_ids":
                if (item.ValueKind != JsonValueKind.String)
                    return Unproven.NoIds;
                target = Of(kind == "external_ids" ? IdentifierKind.ExternalId : IdentifierKind.BrazeId, Json.Text(item));
                return null;
            case "user_aliases":
                return ReadAlias(item, out target);
            case "email_addresses":
                return ReadAddress(item, "email", IdentifierKind.Email, out target);
            default:
                return ReadAddress(item, "phone", IdentifierKind.Phone, out target);
        }
    }

    /// <summary>Reads an identifier object of <c>/users/merge</c>; the text is in Braze docs, POST /users/merge.</summary>
    public static string? ForMerge(JsonElement item, out Target target)
    {
        target = default;
        const string wrong = "identifiers must be objects with an 'external_id' property that is a string, "
            + "'user_alias' property that is an object, 'email' property that is a string, or 'phone' property that is a string";
        if (item.ValueKind != JsonValueKind.Object)
            return wrong;
        if (item.StringOf("external_id") is { } id)
        {
            target = Of(IdentifierKind.ExternalId, id);
            return null;
        }

        if (item.TryGetProperty("user_alias", out var alias))
            return ReadAlias(alias, out target) is null ? null : wrong;
        if (item.StringOf("email") is not null)
            return ReadAddress(item, "email", IdentifierKind.Email, out target);
        return item.StringOf("phone") is not null ? ReadAddress(item, "phone", IdentifierKind.Phone, out target) : wrong;
    }

    public static string? ReadAlias(JsonElement item, out Target target)
    {
        var alias = new Identifier(IdentifierKind.Alias, item.StringOf("alias_name") ?? "", item.StringOf("alias_label") ?? "");
        target = new Target(alias, []);
        return alias.Value.Length > 0 && alias.Label.Length > 0 ? null : Unproven.BadAlias;
    }

    // "prioritization" is required for addresses and numbers (Braze docs, POST /users/delete, /users/merge); the text is assumed.
    public static string? ReadAddress(JsonElement item, string name, IdentifierKind kind, out Target target)
    {
        target = default;
        if (item.StringOf(name) is not { Length: > 0 } value)
            return Unproven.NoIds;
        if (item.ArrayOf("prioritization") is not { Count: > 0 } rules || rules.Exists(rule => rule.ValueKind != JsonValueKind.String))
            return Unproven.PrioritizationRequired;
        target = new Target(new Identifier(kind, value), [.. rules.Select(Json.Text)]);
        return null;
    }

    private static Target Of(IdentifierKind kind, string value) => new(new Identifier(kind, value), []);
}
