using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>JSON documents as text.</summary>
internal static class JsonText
{
    private const int MaxDepth = 512;

    private static readonly JsonWriterOptions Written = new()
    {
        // The text goes into a database, not into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
    };

    private static readonly JsonReaderOptions Read = new() { MaxDepth = MaxDepth };

    /// <summary>
    /// Writes a document without what does not matter: spaces and needless escapes go, so that the same document is the same text. Numbers
    /// and the order of members stay as they are.
    /// </summary>
    /// <returns>Null, or the reason.</returns>
    public static string? Minify(ReadOnlySpan<byte> given, ArrayBufferWriter<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = given;
        buffer.ResetWrittenCount();
        try
        {
            var reader = new Utf8JsonReader(given, Read);
            using var writer = new Utf8JsonWriter(buffer, Written);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && HoldsNul(ref reader))
                    return Reasons.Nul;
                Copy(ref reader, writer);
            }

            writer.Flush();
            text = buffer.WrittenSpan;
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return Reasons.NotJson; // not JSON, too deep, or an escape that is half a surrogate pair
        }
    }

    /// <summary>
    /// Takes a JSON document apart for a kind that is not JSON: the content of a string, and numbers and words as they are written.
    /// </summary>
    /// <param name="given">The document.</param>
    /// <param name="buffer">Takes what had to be written anew.</param>
    /// <param name="text">The text.</param>
    /// <param name="form">What it is.</param>
    /// <returns>Null, or the reason.</returns>
    public static string? Unwrap(ReadOnlySpan<byte> given, ArrayBufferWriter<byte> buffer, out ReadOnlySpan<byte> text,
        out JsonTokenType form)
    {
        form = JsonTokenType.None;
        if (Minify(given, buffer, out text) is { } reason)
            return reason;
        var reader = new Utf8JsonReader(text, Read);
        reader.Read();
        form = reader.TokenType;
        if (form == JsonTokenType.String)
            text = Encoding.UTF8.GetBytes(reader.GetString()!); // a string token has a string
        return null;
    }

    /// <summary>Reads a JSON array's elements as values of a kind. Nulls, and empty texts that count as null, are left out.</summary>
    /// <param name="given">The array.</param>
    /// <param name="kind">The kind of each element.</param>
    /// <param name="rules">The source's rules.</param>
    /// <param name="values">Takes the elements; emptied first.</param>
    /// <returns>Null, or the reason; one bad element makes the whole array bad.</returns>
    public static string? Elements(ReadOnlySpan<byte> given, DataKind kind, CoercionRules rules, List<Value> values)
    {
        values.Clear();
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(given.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return Reasons.NotArray;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return Reasons.NotArray;
            var number = 0;
            foreach (var element in document.RootElement.EnumerateArray())
            {
                number++;
                var coerced = Coercion.Convert(Value.OfJson(element.GetRawText()), new DataType(kind), rules);
                if (coerced.Reason is { } reason)
                    return $"{Reasons.Element}{reason}";
                if (!coerced.Value.IsNull)
                    values.Add(coerced.Value);
            }
        }

        return null;
    }

    private static bool HoldsNul(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped && reader.GetString()!.Contains('\0', StringComparison.Ordinal); // a string token has a string

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: writer.WriteStartObject(); break;
            case JsonTokenType.EndObject: writer.WriteEndObject(); break;
            case JsonTokenType.StartArray: writer.WriteStartArray(); break;
            case JsonTokenType.EndArray: writer.WriteEndArray(); break;
            case JsonTokenType.PropertyName when !reader.ValueIsEscaped: writer.WritePropertyName(reader.ValueSpan); break;
            case JsonTokenType.PropertyName: writer.WritePropertyName(reader.GetString()!); break; // as above
            case JsonTokenType.String when !reader.ValueIsEscaped: writer.WriteStringValue(reader.ValueSpan); break;
            case JsonTokenType.String: writer.WriteStringValue(reader.GetString()); break;
            default: writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break; // numbers, true, false, null
        }
    }
}
