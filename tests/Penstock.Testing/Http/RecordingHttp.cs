using System.Collections.Concurrent;
using Penstock.Contract;

namespace Penstock.Testing.Http;

/// <summary>Keeps each request that goes through to another <see cref="IHttp"/>.</summary>
public sealed class RecordingHttp(IHttp inner) : IHttp
{
    private readonly ConcurrentQueue<RecordedCall> _calls = [];

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        _calls.Enqueue(RecordedCall.Of(call));
        return inner.SendAsync(call, cancellationToken);
    }
}
