using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/track</c>. Braze docs, POST /users/track (2026).</summary>
internal class Track : Endpoint
{
    private static readonly string[] Arrays = ["attributes", "events", "purchases"];

    public override string Path => "/users/track";

    public override string Permission => "users.track";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Track;

    public override Answer Handle(Call call)
    {
        if (call.Body.ValueKind != JsonValueKind.Object)
            return Answer.Message(400, Unproven.BadRequest);
        var sent = Arrays.Select(name => call.Body.ArrayOf(name) ?? []).ToArray();
        if (sent.Sum(array => array.Count) > Cap(call.Options))
            return Answer.Message(400, Unproven.MaxInputLength);

        var taken = new List<Accepted>();
        var refused = new List<Refused>();
        Span<int> counts = stackalloc int[Arrays.Length];
        for (var array = 0; array < Arrays.Length; array++)
        {
            for (var index = 0; index < sent[array].Count; index++)
            {
                var json = sent[array][index];
                if (Refuse(call, array, json, out var identifier) is { } reason)
                {
                    refused.Add(new Refused(Arrays[array], index, reason));
                    continue;
                }

                taken.Add(new Accepted(array, json, identifier));
                counts[array]++;
            }
        }

        if (taken.Count == 0)
            return AllRefused(refused);
        foreach (var item in taken)
        {
            if (item.Identifier.Kind != IdentifierKind.None)
                call.Touch(item.Identifier.Key);
        }

        call.Count(taken.Count);
        // Attributes begin first, then events, then purchases: the order of the arrays.
        call.Profiles.Write(() => Apply(call.Instance, taken));
        return Success(sent, counts, refused);
    }

    /// <summary>Most objects over the three arrays.</summary>
    protected virtual int Cap(BrazeSimulatorOptions options) => options.ObjectCap;

    /// <summary>Why an object is refused beyond its own content; null when it is not.</summary>
    protected virtual string? RefuseAmongOthers(Call call, Identifier identifier) => null;

    private string? Refuse(Call call, int array, JsonElement json, out Identifier identifier)
    {
        var reason = array switch
        {
            0 => AttributesCheck.Refuse(json, call.Options, call.Profiles.Names, out identifier),
            1 => Happenings.RefuseEvent(json, call.Options, out identifier),
            _ => Happenings.RefusePurchase(json, call.Options, out identifier),
        };
        return reason ?? RefuseAmongOthers(call, identifier);
    }

    private static void Apply(Instance instance, List<Accepted> taken)
    {
        foreach (var (array, json, identifier) in taken)
        {
            if (array == 0)
                AttributesWrite.Apply(instance, json, identifier);
            else
                Happenings.Apply(instance, json, identifier, isEvent: array == 1);
        }
    }

    // Recorded (jonallured/braze_ruby, users/track) and measured (leemour/braze-cli): only the counters of arrays that were sent,
    // and the refused ones beside "success". That a fully refused array still has its counter is assumed.
    private static Answer Success(List<JsonElement>[] sent, ReadOnlySpan<int> counts, List<Refused> refused)
    {
        var processed = counts.ToArray();
        return Answer.Write(201, json =>
        {
            for (var array = 0; array < Arrays.Length; array++)
            {
                if (sent[array].Count > 0)
                    json.WriteNumber($"{Arrays[array]}_processed", processed[array]);
            }

            if (refused.Count > 0)
                WriteErrors(json, refused);
            json.WriteString("message", "success");
        });
    }

    // In the tests of segmentio/action-destinations: a 400 that names rows all the same.
    private static Answer AllRefused(List<Refused> refused) => Answer.Write(400, json =>
    {
        json.WriteString("message", "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.");
        if (refused.Count > 0)
            WriteErrors(json, refused);
    });

    private static void WriteErrors(Utf8JsonWriter json, List<Refused> refused)
    {
        json.WriteStartArray("errors");
        foreach (var (array, index, reason) in refused)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteString("input_array", array);
            json.WriteString("type", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private readonly record struct Accepted(int Array, JsonElement Json, Identifier Identifier);

    private readonly record struct Refused(string Array, int Index, string Reason);
}
