using System.Collections.Concurrent;
using System.Text;
using Penstock.Contract;

namespace Penstock.Testing.Http;

/// <summary>
/// An <see cref="IHttp"/> without a network: keeps each request and answers as told. Like the real one it takes the credential out of
/// what comes back, and turns the statuses that are about the connection into exceptions.
/// </summary>
public sealed class FakeHttp(Func<RecordedCall, HttpAnswer> answer, Secret? secret = null) : IHttp
{
    private readonly ConcurrentQueue<RecordedCall> _calls = [];

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    /// <summary>The last request.</summary>
    public RecordedCall Last => _calls.Last();

    /// <summary>One that gives the same answer to everything.</summary>
    public static FakeHttp Always(int status, string body, Secret? secret = null) => new(_ => Answer(status, body), secret);

    /// <summary>One that gives these answers, one after the other.</summary>
    public static FakeHttp Each(params IEnumerable<(int Status, string Body)> answers)
    {
        var queue = new Queue<(int Status, string Body)>(answers);
        return new(_ => queue.Dequeue() is var next ? Answer(next.Status, next.Body) : throw new InvalidOperationException());
    }

    /// <summary>An answer without headers.</summary>
    public static HttpAnswer Answer(int status, string body) =>
        new(status, Encoding.UTF8.GetBytes(body), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var recorded = RecordedCall.Of(call);
        _calls.Enqueue(recorded);
        var given = answer(recorded);
        return Task.FromResult(Statuses.Settle(given with { Body = secret?.Redact(given.Body) ?? given.Body }, call.Address));
    }
}

/// <summary>An <see cref="IHttp"/> that never answers.</summary>
public sealed class SilentHttp : IHttp
{
    /// <summary>Whether anything was asked.</summary>
    public bool WasAsked { get; private set; }

    /// <inheritdoc/>
    public async Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        WasAsked = true;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("Waited for ever.");
    }
}
