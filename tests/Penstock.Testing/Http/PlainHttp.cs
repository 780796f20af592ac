using Penstock.Contract;

namespace Penstock.Testing.Http;

/// <summary>
/// An <see cref="IHttp"/> over a handler, such as a system in memory or a socket: adds the authorisation and reads the answer whole. No
/// pacing and no retries, so that a test sees each answer.
/// </summary>
public sealed class PlainHttp(HttpMessageHandler handler, Authorization? authorization) : IHttp, IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler);

    /// <summary>One for a connector's app.</summary>
    public static PlainHttp For(IConnector connector, object app, HttpMessageHandler handler) =>
        new(handler, connector.Declaration.Authorization?.Invoke(app));

    /// <inheritdoc/>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var request = new HttpRequestMessage(call.Method, call.Address);
        if (call.Json is not null || call.Content is not null)
        {
            request.Content = new ReadOnlyMemoryContent(RecordedCall.Bytes(call));
            request.Content.Headers.ContentType = new(call.ContentType);
        }

        if (authorization is not null)
            request.Headers.TryAddWithoutValidation(authorization.Header, authorization.Value.Reveal());
        foreach (var (name, value) in call.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await _invoker.SendAsync(request, cancellationToken);
        ReadOnlyMemory<byte> body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value), StringComparer.OrdinalIgnoreCase);
        body = authorization?.Secret.Redact(body) ?? body;
        return Statuses.Settle(new((int)response.StatusCode, body, headers), call.Address);
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();
}
