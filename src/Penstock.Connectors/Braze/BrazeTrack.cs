using System.Runtime.CompilerServices;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Braze;

/// <summary>
/// The wire format of <c>POST /users/track</c>: attributes and subscription groups of up to 75 users in one request.
/// braze.com/docs/api/endpoints/user_data/post_user_track/ (2026).
/// </summary>
internal static class BrazeTrack
{
    public const string Path = "/users/track";
    public const string Permission = "users.track";

    private const string Attributes = "attributes";

    private static readonly JsonEncodedText AttributesName = JsonEncodedText.Encode(Attributes);
    private static readonly JsonEncodedText ExternalIdName = JsonEncodedText.Encode("external_id");
    private static readonly JsonEncodedText UpdateOnlyName = JsonEncodedText.Encode("_update_existing_only");

    // What can be said of a destination once: this is written a million times a run. Each entry lives as long as its destination.
    private static readonly ConditionalWeakTable<DestinationContext, BrazeUserFormat> Formats = [];

    /// <summary>One attributes object per record, in the batch's order: the index in Braze's errors is the record's place.</summary>
    public static void Write(Utf8JsonWriter json, Batch batch)
    {
        var format = Formats.GetValue(batch.Destination, static destination => new(destination));
        var updatesOnly = batch.Destination.Mode == SyncModes.Enrich;
        json.WriteStartObject();
        json.WriteStartArray(AttributesName);
        for (var i = 0; i < batch.Count; i++)
        {
            var change = batch[i];
            json.WriteStartObject();
            json.WriteString(ExternalIdName, change.Key);
            if (updatesOnly)
                json.WriteBoolean(UpdateOnlyName, true);
            format.WriteFields(json, change);
            format.WriteGroups(json, change);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A request without data, to try a key.</summary>
    public static void WriteNothing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    /// <summary>Whether Braze answered a request without data as it answers a good key.</summary>
    public static bool IsNothingToDo(HttpAnswer answer) =>
        answer.Status == 400
        && BrazeAnswer.Message(answer.Json()) is { } message
        && message.Contains("Valid data must be provided", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// An answer's outcomes. A 201 takes every user it doesn't name. A 400 takes none: where it names all of them, that settles it;
    /// where it leaves some unnamed, those must be sent again, so the engine halves the batch until each has an answer of its own.
    /// </summary>
    public static Outcomes Read(HttpAnswer answer, Batch batch, Uri endpoint)
    {
        if (!answer.IsSuccess && answer.Status != 400)
            return BrazeErrors.NotTaken(batch, answer, endpoint);
        var json = answer.Json();
        var errors = BrazeAnswer.Errors(json);
        if (answer.IsSuccess && !BrazeAnswer.IsTaken(json))
            return BrazeErrors.Unclear(batch, answer);
        if (errors.Count == 0)
            return answer.IsSuccess ? batch.AllDelivered() : BrazeErrors.NotTaken(batch, answer, endpoint);

        var outcomes = answer.IsSuccess ? batch.AllDelivered() : new Outcomes(batch.Count);
        foreach (var error in errors)
        {
            // An error that can't be placed is about some record here: only halving finds out which.
            if (error.Array != Attributes || error.Index is not { } index || index < 0 || index >= batch.Count)
                return batch.RefusedAsWhole(BrazeErrors.Explain(error.Text));
            outcomes.Refuse(index, BrazeErrors.Explain(error.Text));
        }

        return IsComplete(outcomes) ? outcomes : batch.RefusedAsWhole(BrazeErrors.Explain(errors[0].Text));
    }

    private static bool IsComplete(Outcomes outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.None)
                return false;
        }

        return true;
    }
}
