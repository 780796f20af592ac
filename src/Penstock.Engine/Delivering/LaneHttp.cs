using System.Text;
using Penstock.Contract;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Delivering;

/// <summary>The <see cref="IHttp"/> that a lane gives a connector: knows whose limits count, and keeps the last exchange.</summary>
internal sealed class LaneHttp(DeliveryHttp http, Tally tally, TimeProvider time) : IHttp
{
    private const int ShownBytes = 2_000;
    private const int WatchedBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly byte[] _sent = new byte[ShownBytes];
    private int _sentBytes;
    private (HttpCall Call, Attempt Attempt, DateTimeOffset At)? _last;

    /// <summary>Whose limits the next requests keep to.</summary>
    public Limits Limits { get; set; } = new();

    /// <summary>Cancelled when no request may start.</summary>
    public CancellationToken MayStart { get; set; }

    /// <summary>Requests since <see cref="Forget"/>.</summary>
    public int Calls { get; private set; }

    /// <summary>Requests that went out, answered or not; those that a rate limit turned away were never taken and don't count.</summary>
    public int Begun { get; private set; }

    /// <inheritdoc/>
    public Task<HttpAnswer> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        var scope = new CallScope(http.PaceOf(Limits), Limits.Bytes) { MayStart = MayStart, Begins = Begin, Attempted = Keep };
        return http.SendAsync(call, scope, cancellationToken);
    }

    /// <summary>Takes the app's credential out of text.</summary>
    public string Redact(string text) => http.Redact(text);

    /// <summary>Begins anew, with another batch.</summary>
    public void Forget()
    {
        lock (_lock)
            (_last, Calls) = (null, 0);
    }

    /// <summary>The last exchange; null when there was none.</summary>
    public Exchange? LastExchange()
    {
        lock (_lock)
        {
            return _last is var (call, attempt, at) ? Shown(call, _sent.AsSpan(0, _sentBytes), attempt, at, ShownBytes) : null;
        }
    }

    private Exchange Shown(HttpCall call, ReadOnlySpan<byte> body, Attempt attempt, DateTimeOffset at, int most)
    {
        var answer = attempt.Answer ?? (attempt.Error as GarbageException)?.Answer;
        return new(
            call.Method.Method,
            http.Redact(call.Address.ToString()),
            http.Redact(Encoding.UTF8.GetString(body[..Math.Min(body.Length, most)])),
            answer?.Status,
            answer?.Excerpt(most) ?? attempt.InWords,
            at);
    }

    private void Begin()
    {
        lock (_lock)
            Begun++;
    }

    private void Keep(HttpCall call, ReadOnlyMemory<byte> body, Attempt attempt)
    {
        tally.CountCall();
        lock (_lock)
        {
            Calls++;
            if (attempt.Answer?.Status == 429)
                Begun--;
            _sentBytes = Math.Min(body.Length, ShownBytes);
            body.Span[.._sentBytes].CopyTo(_sent);
            _last = (call, attempt, time.GetUtcNow());
        }

        http.Watch?.Invoke(Shown(call, body.Span, attempt, time.GetUtcNow(), WatchedBytes));
    }
}
