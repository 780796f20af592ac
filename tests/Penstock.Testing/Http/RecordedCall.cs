using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Http;

/// <summary>A request as it would go over the wire, kept to be looked at.</summary>
public sealed record RecordedCall(string Method, Uri Address, string Body, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes out a call.</summary>
    public static RecordedCall Of(HttpCall call) =>
        new(call.Method.Method, call.Address, Encoding.UTF8.GetString(Bytes(call).Span), call.Headers);

    /// <summary>The body of a call; empty for none.</summary>
    public static ReadOnlyMemory<byte> Bytes(HttpCall call)
    {
        if (call.Json is null)
            return call.Content ?? ReadOnlyMemory<byte>.Empty;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            call.Json(json);
        return buffer.WrittenMemory;
    }

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!; // a call that is asked for its JSON has some

    /// <summary>The request for a golden file: method, path, headers, and the body with line breaks.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Address.PathAndQuery}\n");
        foreach (var (name, value) in Headers)
            text.Append(name).Append(": ").Append(value).Append('\n');
        return text.Append('\n').Append(Pretty(Body)).Append('\n').ToString();
    }

    private static string Pretty(string body)
    {
        try
        {
            return JsonNode.Parse(body)?.ToJsonString(Indented) ?? body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
