using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/identify</c>: gives an anonymous profile an external id. Braze docs, POST /users/identify.</summary>
internal sealed class Identify : Endpoint
{
    private const int MaxItems = 50;

    private static readonly string[] Kinds = ["aliases_to_identify", "emails_to_identify", "phone_numbers_to_identify"];

    public override string Path => "/users/identify";

    public override string Permission => "users.identify";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Users;

    public override Answer Handle(Call call)
    {
        var sent = Kinds.Select(kind => call.Body.ArrayOf(kind) ?? []).ToArray();
        var count = sent.Sum(items => items.Count);
        if (count == 0)
            return Answer.Message(400, Unproven.NoItems);
        if (count > MaxItems)
            return Answer.Message(400, Unproven.TooManyIds);
        var pairs = new List<(string ExternalId, Target Target)>();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            foreach (var item in sent[kind])
            {
                if (item.StringOf("external_id") is not { Length: > 0 } id)
                    return Answer.Message(400, Unproven.BadIdentifier);
                if (Read(kind, item, out var target) is { } reason)
                    return Answer.Message(400, reason);
                pairs.Add((id, target));
                call.Touch(id);
                call.Touch(target.Identifier.Key);
            }
        }

        call.Count(pairs.Count);
        call.Profiles.Write(() =>
        {
            foreach (var (id, target) in pairs)
                Apply(call.Profiles, id, target);
        });
        // Recorded for aliases (jonallured/braze_ruby); a success even when nothing matches. The other counters are documented.
        return Answer.Write(201, json =>
        {
            foreach (var (items, name) in sent.Zip(["aliases_processed", "emails_processed", "phone_numbers_processed"]))
            {
                if (items.Count > 0)
                    json.WriteNumber(name, items.Count);
            }

            json.WriteString("message", "success");
        });
    }

    private static string? Read(int kind, JsonElement item, out Target target)
    {
        target = default;
        return kind switch
        {
            0 => item.TryGetProperty("user_alias", out var alias) ? Target.ReadAlias(alias, out target) : Unproven.BadAlias,
            1 => Target.ReadAddress(item, "email", IdentifierKind.Email, out target),
            _ => Target.ReadAddress(item, "phone", IdentifierKind.Phone, out target),
        };
    }

    private static void Apply(Profiles profiles, string id, Target target)
    {
        if (target.Find(profiles) is not { } anonymous)
            return;
        if (profiles.ByExternalId(id) is { } identified)
        {
            // Only an anonymous profile can be taken up; one with an external id of its own stays.
            if (anonymous.ExternalId is null)
                Merging.Merge(profiles, anonymous, identified);
        }
        else if (anonymous.ExternalId is null)
        {
            profiles.SetExternalId(anonymous, id);
            profiles.Touch(anonymous);
        }
    }
}
