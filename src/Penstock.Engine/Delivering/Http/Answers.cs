using System.Buffers;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>Reads answers: cut at 1 MiB, the credential taken out.</summary>
internal static class Answers
{
    /// <summary>The most of a body that is kept.</summary>
    public const int MostBytes = 1 << 20;

    /// <exception cref="GarbageException">A 2xx whose body can't be what the far end meant to say.</exception>
    public static async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, Redaction redaction, CancellationToken cancellationToken)
    {
        var (body, isCut) = await ReadBodyAsync(response.Content, redaction.LongestBytes, cancellationToken);
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode && !isCut && !IsPlausible(response.Content.Headers.ContentType?.MediaType, body.Span))
            throw new GarbageException(status, redaction.Of(body));
        body = redaction.Of(body);
        if (isCut) // a credential may lie across the cut
            body = body[..Math.Min(MostBytes, Math.Max(0, body.Length - redaction.LongestBytes))];
        return new(status, body, Headers(response, redaction));
    }

    private static async Task<(ReadOnlyMemory<byte> Body, bool IsCut)> ReadBodyAsync(
        HttpContent content, int extra, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var most = MostBytes + extra;
        var buffer = ArrayPool<byte>.Shared.Rent(content.Headers.ContentLength is { } length and < 4096 ? (int)length + 1 : 4096);
        try
        {
            var read = 0;
            while (true)
            {
                if (read == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var got = await stream.ReadAsync(buffer.AsMemory(read), cancellationToken);
                read += got;
                if (got == 0 || read > most)
                    return (buffer.AsSpan(0, Math.Min(read, most)).ToArray(), read > most);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response, Redaction redaction)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated)
            headers[name] = redaction.Of(values.ToString());
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            headers[name] = redaction.Of(values.ToString());
        return headers;
    }

    // A proxy's page, or bytes that lost their way: a body that calls itself JSON or HTML, or nothing, and is not JSON.
    private static bool IsPlausible(string? mediaType, ReadOnlySpan<byte> body)
    {
        var shouldBeJson = mediaType is null or "text/html" || mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase);
        if (body.IsEmpty || !shouldBeJson)
            return true;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                // Only whether it can be read.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

/// <summary>A 2xx with a body that makes no sense: nobody knows whether the far end took the request.</summary>
internal sealed class GarbageException(int status, ReadOnlyMemory<byte> body) : Exception("The answer's body is not what its type says.")
{
    public HttpAnswer Answer { get; } = new(status, body, new Dictionary<string, string>());
}
