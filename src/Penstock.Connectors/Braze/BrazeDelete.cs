using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// The wire format of <c>POST /users/delete</c>: up to 50 ids of one kind. Ids that Braze doesn't know are no error, so that
/// deleting twice is deleting once. braze.com/docs/api/endpoints/user_data/post_user_delete/ (2026).
/// </summary>
internal static class BrazeDelete
{
    public const string Path = "/users/delete";
    public const string Permission = "users.delete";

    public static void Write(Utf8JsonWriter json, Batch batch)
    {
        json.WriteStartObject();
        json.WriteStartArray("external_ids");
        for (var i = 0; i < batch.Count; i++)
            json.WriteStringValue(batch[i].Key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary><c>{"deleted":n,"message":"success"}</c>; n counts what was queued, and says nothing about single users.</summary>
    public static Outcomes Read(HttpAnswer answer, Batch batch, Uri endpoint)
    {
        if (!answer.IsSuccess)
            return BrazeErrors.NotTaken(batch, answer, endpoint);
        return BrazeAnswer.IsTaken(answer.Json()) ? batch.AllDelivered() : BrazeErrors.Unclear(batch, answer);
    }
}
