using System.Text.Json;
using System.Text.Unicode;

namespace Penstock.Contract;

/// <summary>
/// How a connector speaks HTTP. It settles what all vendors share: adds the app's authorisation, paces by declared limits and by the
/// vendor's headers, waits out 429, retries 5xx and broken connections, ends the run on refused credentials, and takes the credential out
/// of what comes back. A connector sees only the answers that are about its request.
/// </summary>
public interface IHttp
{
    /// <summary>Sends a request and reads its answer whole.</summary>
    /// <exception cref="ConnectionException">The credentials were refused, or the host can't be reached.</exception>
    /// <exception cref="DestinationUnavailableException">No usable answer after all retries.</exception>
    Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken);
}

/// <summary>A request.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Address">The absolute address.</param>
public sealed record HttpCall(HttpMethod Method, Uri Address)
{
    /// <summary>Writes the JSON body; null for none. May be called again for a retry, and must write the same then.</summary>
    public Action<Utf8JsonWriter>? Json { get; init; }

    /// <summary>A body that is not JSON; null for none.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The type of <see cref="Content"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether sending twice has the effect of sending once, so that an unclear outcome may be sent again. Default true.</summary>
    public bool Repeatable { get; init; } = true;
}

/// <summary>An answer that is about the request: 2xx, or a 4xx that the connector explains.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, cut to 1 MiB, with the credential taken out.</param>
/// <param name="Headers">The headers, names without regard to case; several values joined by a comma.</param>
public sealed record HttpAnswer(int Status, ReadOnlyMemory<byte> Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>
    /// The body read as JSON; an undefined element when it is none: a proxy's HTML page, half a body, or texts that are no Unicode, so that
    /// reading a text of the element never throws.
    /// </summary>
    public JsonElement Json()
    {
        try
        {
            if (!Utf8.IsValid(Body.Span) || !HoldsOnlyText(Body.Span))
                return default;
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The beginning of the body as text for a message, at most <paramref name="length"/> characters.</summary>
    public string Excerpt(int length = 500)
    {
        var text = System.Text.Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, length * 4)]);
        return text.Length <= length ? text : text[..length] + "…";
    }

    // Half a surrogate pair can be written as an escape. The parser lets it through, and then breaks whoever reads the text.
    private static bool HoldsOnlyText(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
            return true;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
