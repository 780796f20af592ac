using System.Runtime.InteropServices;
using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>What the rate headers of one answer say; <see cref="RetryAfter"/> replaces the other three.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateHeaders(int Limit, int Remaining, long Reset, int? RetryAfter = null);

/// <summary>Requests that are counted together.</summary>
internal abstract class Pool
{
    /// <summary>Counts one request; false when it comes too soon.</summary>
    public abstract bool TryTake(out RateHeaders headers);

    /// <summary>The headers of an answer that does not count.</summary>
    public abstract RateHeaders Look();

    /// <summary>The headers of a 429, whether or not it is deserved.</summary>
    public abstract RateHeaders Refusal();
}

/// <summary>
/// A fixed window that ends on a multiple of its length, so that the whole quota comes back at once.
/// Recorded answers (jonallured/braze_ruby, 2020–2024): resets fall on the full minute and the full hour.
/// </summary>
internal sealed class Window(int limit, int seconds, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _start;
    private int _used;

    public int Limit => limit;

    public bool TryTake(int count, out int remaining, out long end)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var start = now - (now % seconds);
        lock (_lock)
        {
            if (start != _start)
                (_start, _used) = (start, 0);
            var allowed = _used + count <= limit;
            if (allowed)
                _used += count;
            remaining = limit - _used;
            end = start + seconds;
            return allowed;
        }
    }

    public int SecondsLeft(long end) => (int)Math.Max(1, end - time.GetUtcNow().ToUnixTimeSeconds());
}

/// <summary>The classic dialect: reset is an epoch second, and a 429 keeps the three headers. Braze docs, API limits.</summary>
internal sealed class ClassicPool(Window window) : Pool
{
    public override bool TryTake(out RateHeaders headers) => Take(1, out headers);

    public override RateHeaders Look()
    {
        Take(0, out var headers);
        return headers;
    }

    public override RateHeaders Refusal() => Look() with { Remaining = 0 };

    private bool Take(int count, out RateHeaders headers)
    {
        var allowed = window.TryTake(count, out var remaining, out var end);
        headers = new RateHeaders(window.Limit, remaining, end);
        return allowed;
    }
}

/// <summary>
/// The dialect of contracts by monthly active users: the headers describe the hour, reset is the seconds left, and a 429 has
/// <c>X-Ratelimit-Retry-After</c> instead of them, also when only the burst is used up. Braze docs, rate limits (2026).
/// </summary>
internal sealed class ContractPool(Window hour, Window burst) : Pool
{
    public override bool TryTake(out RateHeaders headers)
    {
        // The burst first: a request that it refuses must not use up the hour.
        if (!burst.TryTake(1, out _, out var burstEnd))
        {
            headers = new RateHeaders(0, 0, 0, burst.SecondsLeft(burstEnd));
            return false;
        }

        var allowed = hour.TryTake(1, out var remaining, out var end);
        headers = allowed
            ? new RateHeaders(hour.Limit, remaining, hour.SecondsLeft(end))
            : new RateHeaders(0, 0, 0, hour.SecondsLeft(end));
        return allowed;
    }

    public override RateHeaders Look()
    {
        hour.TryTake(0, out var remaining, out var end);
        return new RateHeaders(hour.Limit, remaining, hour.SecondsLeft(end));
    }

    public override RateHeaders Refusal()
    {
        burst.TryTake(0, out _, out var end);
        return new RateHeaders(0, 0, 0, burst.SecondsLeft(end));
    }
}

/// <summary>The pools of one workspace. Figures: Braze docs, API limits (2026).</summary>
internal sealed class Limits
{
    private const int Minute = 60;
    private const int Hour = 3600;

    public Limits(BrazeSimulatorOptions options)
    {
        ClassicPool Classic(int requests, int seconds) => new(new Window(requests, seconds, options.Time));
        Track = options.Limit.PerHour is { } perHour
            ? new ContractPool(new Window(perHour, Hour, options.Time), new Window(options.Limit.PerBurst, 3, options.Time))
            : Classic(options.Limit.PerBurst, 3);
        Bulk = Classic(50, 1);
        Users = Classic(20_000, Minute);
        Rename = Classic(1_000, Minute);
        Remove = Classic(1_000, Minute);
        Subscriptions = Classic(5_000, Minute);
        Reading = Classic(250_000, Hour);
        Attributes = Classic(1_000, Hour);
        Export = Classic(250, Minute);
        FastExport = Classic(40, 1);
    }

    public Pool Track { get; }

    public Pool Bulk { get; }

    /// <summary>Delete, identify, merge, alias new and alias update share one.</summary>
    public Pool Users { get; }

    public Pool Rename { get; }

    public Pool Remove { get; }

    /// <summary>Both versions of setting a subscription status share one.</summary>
    public Pool Subscriptions { get; }

    /// <summary>Most GETs, and unknown paths.</summary>
    public Pool Reading { get; }

    public Pool Attributes { get; }

    private Pool Export { get; }

    private Pool FastExport { get; }

    /// <summary>The faster pool is for exports that name their fields and ask for neither campaigns nor Canvases.</summary>
    public Pool ForExport(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("fields_to_export", out var fields)
            || fields.ValueKind != JsonValueKind.Array)
        {
            return Export;
        }

        var slow = fields.EnumerateArray().Any(field => field.ValueKind == JsonValueKind.String
            && (field.ValueEquals("campaigns_received") || field.ValueEquals("canvases_received")));
        return slow ? Export : FastExport;
    }
}
