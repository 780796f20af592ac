using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/merge</c>: asynchronous, 50 a request. Texts: Braze docs, POST /users/merge.</summary>
internal sealed class Merge : Endpoint
{
    private const int MaxUpdates = 50;

    public override string Path => "/users/merge";

    public override string Permission => "users.merge";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Users;

    public override Answer Handle(Call call)
    {
        var updates = call.Body.ArrayOf("merge_updates") ?? [];
        if (updates.Count == 0 || updates.Exists(update => update.ValueKind != JsonValueKind.Object))
            return Answer.Message(400, "'merge_updates' must be an array of objects");
        if (updates.Count > MaxUpdates)
            return Answer.Message(400, "a single request may not contain more than 50 merge updates");
        var pairs = new List<(Target From, Target Into)>();
        foreach (var update in updates)
        {
            if (update.EnumerateObject().Any(member => member.Name is not ("identifier_to_merge" or "identifier_to_keep"))
                || !update.TryGetProperty("identifier_to_merge", out var merge)
                || !update.TryGetProperty("identifier_to_keep", out var keep))
            {
                return Answer.Message(400, "'merge_updates' must only have 'identifier_to_merge' and 'identifier_to_keep'");
            }

            if (Target.ForMerge(merge, out var from) is { } badMerge)
                return Answer.Message(400, badMerge);
            if (Target.ForMerge(keep, out var into) is { } badKeep)
                return Answer.Message(400, badKeep);
            pairs.Add((from, into));
            call.Touch(from.Identifier.Key);
            call.Touch(into.Identifier.Key);
        }

        call.Count(pairs.Count);
        call.Profiles.Write(() =>
        {
            foreach (var (from, into) in pairs)
            {
                if (from.Find(call.Profiles) is { } merged && into.Find(call.Profiles) is { } kept)
                    Merging.Merge(call.Profiles, merged, kept);
            }
        });
        return Answer.Message(202, "success");
    }
}
