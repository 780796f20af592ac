using System.Runtime.InteropServices;
using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>Answers <c>/users/track</c> and <c>/users/delete</c> for benchmarks: one pass over the bytes, which keeps nothing.</summary>
internal static class Counting
{
    public static bool Takes(string path) => path is "/users/track" or "/users/track/bulk" or "/users/delete";

    public static Answer Handle(Instance instance, string path, ReadOnlySpan<byte> body)
    {
        try
        {
            var counts = CountElements(body);
            return path == "/users/delete" ? Deleted(instance, counts) : Tracked(instance, counts, path);
        }
        catch (JsonException)
        {
            return Answer.Message(400, Unproven.BadRequest);
        }
    }

    private static Answer Tracked(Instance instance, Counts counts, string path)
    {
        var total = counts.Attributes + counts.Events + counts.Purchases;
        if (total > (path == "/users/track" ? instance.Options.ObjectCap : 1_000))
            return Answer.Message(400, Unproven.MaxInputLength);
        if (total == 0)
            return Answer.Message(400, "Valid data must be provided in the 'attributes', 'events', or 'purchases' fields.");
        instance.CountObjects(total);
        return Answer.Write(201, json =>
        {
            if (counts.Attributes > 0)
                json.WriteNumber("attributes_processed", counts.Attributes);
            if (counts.Events > 0)
                json.WriteNumber("events_processed", counts.Events);
            if (counts.Purchases > 0)
                json.WriteNumber("purchases_processed", counts.Purchases);
            json.WriteString("message", "success");
        });
    }

    private static Answer Deleted(Instance instance, Counts counts)
    {
        if (counts.Others is 0 or > 50)
            return Answer.Message(400, counts.Others == 0 ? Unproven.NoIds : Unproven.TooManyIds);
        instance.CountObjects(counts.Others);
        return Answer.Write(201, json =>
        {
            json.WriteNumber("deleted", counts.Others);
            json.WriteString("message", "success");
        });
    }

    private static Counts CountElements(ReadOnlySpan<byte> body)
    {
        var counts = default(Counts);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return counts;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("attributes"u8) ? 0
                : reader.ValueTextEquals("events"u8) ? 1
                : reader.ValueTextEquals("purchases"u8) ? 2
                : 3;
            reader.Read();
            var count = 0;
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    reader.Skip();
                    count++;
                }
            }
            else
            {
                reader.Skip();
            }

            counts = name switch
            {
                0 => counts with { Attributes = count },
                1 => counts with { Events = count },
                2 => counts with { Purchases = count },
                _ => counts with { Others = counts.Others + count },
            };
        }

        return counts;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Counts(int Attributes, int Events, int Purchases, int Others);
}
