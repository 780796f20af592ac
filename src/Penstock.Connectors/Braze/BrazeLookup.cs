using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// The wire format of <c>POST /users/export/ids</c>, asked for nothing but which users exist: that makes it the cheapest look Braze
/// offers. braze.com/docs/api/endpoints/export/user_data/post_users_identifier/ (2026).
/// </summary>
internal static class BrazeLookup
{
    public const string Path = "/users/export/ids";
    public const string Permission = "users.export.ids";

    public static void Write(Utf8JsonWriter json, Batch batch) => Write(json, Enumerable.Range(0, batch.Count).Select(i => batch[i].Key));

    public static void Write(Utf8JsonWriter json, IEnumerable<string> ids)
    {
        json.WriteStartObject();
        json.WriteStartArray("external_ids");
        foreach (var id in ids)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartArray("fields_to_export");
        json.WriteStringValue("external_id");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// <c>{"users":[…],"invalid_user_ids":["…"]}</c>. A user asked for by an id from before a rename answers with the new one, so who is
    /// missing is read from the second array, where there is one.
    /// </summary>
    public static Outcomes Read(HttpAnswer answer, Batch batch, Uri endpoint)
    {
        if (!answer.IsSuccess)
            return BrazeErrors.NotTaken(batch, answer, endpoint);
        var json = answer.Json();
        var tellsMissing = BrazeAnswer.Member(json, "invalid_user_ids") is { ValueKind: JsonValueKind.Array };
        if (!tellsMissing && BrazeAnswer.Member(json, "users") is not { ValueKind: JsonValueKind.Array })
            return BrazeErrors.Unclear(batch, answer);

        var missing = BrazeAnswer.Items(json, "invalid_user_ids").Select(BrazeAnswer.Text).ToHashSet();
        var there = Found(json);
        var outcomes = new Outcomes(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (there.Contains(batch[i].Key) || (tellsMissing && !missing.Contains(batch[i].Key)))
                outcomes.Found(i, remoteId: null);
            else
                outcomes.Missing(i);
        }

        return outcomes;
    }

    /// <summary>The external ids of the users in an answer.</summary>
    public static HashSet<string?> Found(JsonElement json) =>
        BrazeAnswer.Items(json, "users")
            .Select(user => BrazeAnswer.Member(user, "external_id") is { } id ? BrazeAnswer.Text(id) : null)
            .ToHashSet();
}
