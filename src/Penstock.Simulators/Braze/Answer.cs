using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>What goes back to the caller.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = "application/json")
{
    /// <summary>More headers, such as <c>link</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public static Answer Of(int status, JsonNode body) => new(status, Json.Bytes(body));

    public static Answer Message(int status, string message) => Write(status, json => json.WriteString("message", message));

    public static Answer Html(int status, string body) => new(status, Encoding.UTF8.GetBytes(body), "text/html");

    /// <summary>An object whose members the callback writes.</summary>
    public static Answer Write(int status, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, Json.PlainWriter))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return new Answer(status, buffer.WrittenMemory);
    }
}
