using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>What the connectors to systems in memory share on the wire.</summary>
internal static class MemoryCalls
{
    public static Authorization Authorize(object app) => Authorization.Bearer(((MemoryApp)app).Token);

    public static Task<HttpAnswer> SendAsync(
        this IHttp http, object app, HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) =>
        http.SendAsync(
            new(method, new(((MemoryApp)app).Endpoint, path)) { Json = body is null ? null : json => body.WriteTo(json) },
            cancellationToken);

    public static async Task<string> TestAsync(MemoryApp app, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(app, HttpMethod.Get, "/ping", null, cancellationToken);
        return answer.IsSuccess
            ? "A system in memory"
            : throw new ConnectionException(ConnectionFault.Other, new("memory.unknown", $"It answered with status {answer.Status}."));
    }

    public static JsonObject Fields(Change change) =>
        new(change.Fields.Select(field => KeyValuePair.Create(field.Field.Name, Node(field.Value))));

    public static JsonArray Array(IEnumerable<string?> texts) => [.. texts.Select(text => (JsonNode?)text)];

    public static IEnumerable<int> Indexes(this Batch batch) => Enumerable.Range(0, batch.Count);

    /// <summary>A member that is an array; null when the answer isn't as expected.</summary>
    public static List<JsonElement>? Items(this HttpAnswer answer, string name)
    {
        var json = answer.Json();
        return answer.IsSuccess && json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var items)
            && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : null;
    }

    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    public static Problem Refusal(string? reason) => new("memory.refused", reason ?? "The system gave no reason.");

    public static Problem Unclear(HttpAnswer answer) => new("memory.unclear", $"It answered with status {answer.Status}.");

    /// <summary>A request that did not go through as a whole: a 4xx is about its content, anything else is the world's fault.</summary>
    public static Outcomes NotTaken(this Batch batch, HttpAnswer answer) =>
        answer.Status is 400 or 413 or 422
            ? batch.RefusedAsWhole(Refusal(answer.Json().Text("message")))
            : batch.AllFailed(Unclear(answer));

    private static JsonNode? Node(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            value.WriteTo(json);
        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
