using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Engine.Inspecting;

/// <summary>Takes down requests instead of sending them; each is answered as if it were good.</summary>
internal sealed class PreviewHttp(Func<string, string> redact, string? authorization) : IHttp
{
    private const int MostLetters = 64 << 10;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<PreviewedRequest> _requests = [];

    /// <summary>The requests so far.</summary>
    public IReadOnlyList<PreviewedRequest> Requests => _requests;

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var headers = call.Headers.ToDictionary(header => header.Key, header => redact(header.Value), StringComparer.OrdinalIgnoreCase);
        if (authorization is not null)
            headers[authorization] = "***";
        _requests.Add(new(call.Method.Method, redact(call.Address.ToString()), headers, redact(Pretty(Body(call)))));
        return Task.FromResult(new HttpAnswer(201, "{}"u8.ToArray(), new Dictionary<string, string>()));
    }

    /// <summary>JSON with line breaks; other text as it is. Cut where it is very long.</summary>
    public static string Pretty(string body)
    {
        try
        {
            body = JsonNode.Parse(body)?.ToJsonString(Indented) ?? body;
        }
        catch (JsonException)
        {
            // Not JSON: shown as it is.
        }

        return body.Length <= MostLetters ? body : body[..MostLetters] + "…";
    }

    private static string Body(HttpCall call)
    {
        if (call.Json is null)
            return call.Content is { } content ? Encoding.UTF8.GetString(content.Span) : "";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            call.Json(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
