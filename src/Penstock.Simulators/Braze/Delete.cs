using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/delete</c>: up to 50 users, one kind of identifier. Braze docs, POST /users/delete (2026).</summary>
internal sealed class Delete : Endpoint
{
    private const int MaxIds = 50;

    private static readonly string[] Kinds = ["external_ids", "user_aliases", "braze_ids", "email_addresses", "phone_numbers"];

    public override string Path => "/users/delete";

    public override string Permission => "users.delete";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Users;

    public override Answer Handle(Call call)
    {
        var kinds = Kinds.Where(kind => call.Body.ArrayOf(kind) is { Count: > 0 }).ToArray();
        if (kinds.Length == 0)
            return Answer.Message(400, Unproven.NoIds);
        // The page says one kind per request, though its example mixes them; the rule is followed (assumed 400).
        if (kinds.Length > 1)
            return Answer.Message(400, Unproven.OneKindOfId);
        var kind = kinds[0];
        var items = call.Body.ArrayOf(kind) ?? [];
        if (items.Count > MaxIds)
            return Answer.Message(400, Unproven.TooManyIds);
        var targets = new List<Target>();
        foreach (var item in items)
        {
            if (Target.ForDelete(kind, item, out var target) is { } reason)
                return Answer.Message(400, reason);
            targets.Add(target);
            call.Touch(target.Identifier.Key);
        }

        call.Count(targets.Count);
        call.Profiles.Write(() =>
        {
            // A deprecated external id deletes the whole profile too.
            foreach (var target in targets)
            {
                if (target.Find(call.Profiles) is { } profile)
                    call.Profiles.Remove(profile);
            }
        });
        // Recorded (jonallured/braze_ruby, users/delete); that unknown ids are counted too is assumed.
        return Answer.Write(201, json =>
        {
            json.WriteNumber("deleted", items.Count);
            json.WriteString("message", "success");
        });
    }
}
