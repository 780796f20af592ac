using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// The wire format of <c>POST /users/external_ids/rename</c>: up to 50 users. The old id stays as a deprecated one by which the user is
/// still found. braze.com/docs/api/endpoints/user_data/external_id_migration/post_external_ids_rename (2026).
/// </summary>
internal static class BrazeRename
{
    public const string Path = "/users/external_ids/rename";
    public const string Permission = "users.external_ids.rename";

    public static void Write(Utf8JsonWriter json, Batch batch)
    {
        json.WriteStartObject();
        json.WriteStartArray("external_id_renames");
        for (var i = 0; i < batch.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("current_external_id", batch[i].PreviousKey);
            json.WriteString("new_external_id", batch[i].Key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"external_ids":[{"current_external_id","new_external_id"}],"rename_errors":[[…]],"message":"success"}</c>. What an error says
    /// is not documented beyond that it names the place, so each is kept as unclear until Braze was asked where the user is now.
    /// </summary>
    /// <param name="answer">Braze's answer.</param>
    /// <param name="batch">What was asked.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="unclear">Places and texts of the errors, for <see cref="Settle"/>; those records have no outcome yet.</param>
    public static Outcomes Read(HttpAnswer answer, Batch batch, Uri endpoint, out IReadOnlyDictionary<int, string> unclear)
    {
        var places = new Dictionary<int, string>();
        unclear = places;
        if (!answer.IsSuccess)
            return BrazeErrors.NotTaken(batch, answer, endpoint);
        var json = answer.Json();
        if (!BrazeAnswer.IsTaken(json))
            return BrazeErrors.Unclear(batch, answer);

        foreach (var error in BrazeAnswer.Items(json, "rename_errors"))
        {
            var (index, text) = Place(error);
            if (index is not { } at || at < 0 || at >= batch.Count)
            {
                places.Clear();
                return batch.RefusedAsWhole(BrazeErrors.Explain(text));
            }

            places[at] = text;
        }

        var outcomes = new Outcomes(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (!places.ContainsKey(i))
                outcomes.Deliver(i);
        }

        return outcomes;
    }

    /// <summary>Asks for the users by their old ids.</summary>
    public static void WriteQuestion(Utf8JsonWriter json, Batch batch, IReadOnlyDictionary<int, string> unclear) =>
        BrazeLookup.Write(json, unclear.Keys.Select(i => batch[i].PreviousKey ?? batch[i].Key));

    /// <summary>
    /// The answer to <see cref="WriteQuestion"/>: a user asked for by the old id who answers with the new one was renamed before; any
    /// other has a reason of its own.
    /// </summary>
    public static void Settle(HttpAnswer answer, Batch batch, IReadOnlyDictionary<int, string> unclear, Outcomes outcomes)
    {
        var json = answer.Json();
        if (!answer.IsSuccess || BrazeAnswer.Member(json, "users") is not { ValueKind: JsonValueKind.Array })
        {
            LeaveUnclear(unclear, outcomes);
            return;
        }

        var found = BrazeLookup.Found(json);
        var missing = BrazeAnswer.Items(json, "invalid_user_ids").Select(BrazeAnswer.Text).ToHashSet();
        var asked = unclear.Keys.Select(i => batch[i].PreviousKey).ToHashSet();
        foreach (var (index, text) in unclear)
        {
            var change = batch[index];

            // An id that was itself asked for would answer for itself: two users who exchange ids prove nothing.
            if (found.Contains(change.Key) && !asked.Contains(change.Key))
                outcomes.Deliver(index);
            else if (missing.Contains(change.PreviousKey))
                outcomes.Refuse(index, BrazeErrors.NobodyToRename);
            else
                outcomes.Refuse(index, BrazeErrors.Explain(text));
        }
    }

    /// <summary>Nobody could say whether these were renamed before: the next run tries again.</summary>
    public static void LeaveUnclear(IReadOnlyDictionary<int, string> unclear, Outcomes outcomes)
    {
        foreach (var (index, text) in unclear)
            outcomes.Fail(index, BrazeErrors.UnclearRename(text));
    }

    // Documented as arrays that name the index; whether the text or the number comes first is not. Objects and plain texts are read too.
    private static (int? Index, string Text) Place(JsonElement error)
    {
        var parts = error.ValueKind switch
        {
            JsonValueKind.Array => error.EnumerateArray().ToList(),
            JsonValueKind.Object => error.EnumerateObject().Select(member => member.Value).ToList(),
            _ => [error],
        };
        var index = parts.Select(BrazeAnswer.Number).FirstOrDefault(number => number is not null);
        var text = parts.Select(BrazeAnswer.Text).FirstOrDefault(text => text is not null);
        return (index, text ?? error.GetRawText());
    }
}
