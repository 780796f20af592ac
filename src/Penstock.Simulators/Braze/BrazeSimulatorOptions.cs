namespace Penstock.Simulators.Braze;

/// <summary>How a <see cref="BrazeSimulator"/> behaves.</summary>
public sealed record BrazeSimulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0, the default, takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>JSON file, read at start when it exists, written a moment after a change and when stopping. Null: memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>The limit of <c>/users/track</c>; other endpoints have the published ones.</summary>
    public BrazeLimit Limit { get; init; } = BrazeLimit.Default;

    /// <summary>The one REST API key that is accepted, case-sensitive.</summary>
    public string Key { get; init; } = "simulator-key";

    /// <summary>The key's permissions, such as <c>users.track</c>; null means all.</summary>
    public IReadOnlySet<string>? Permissions { get; init; }

    /// <summary>Most objects in one <c>/users/track</c>, over its three arrays; 75 today, 50 in some older contracts.</summary>
    public int ObjectCap { get; init; } = 75;

    /// <summary>How long an accepted write stays invisible; zero shows it at once.</summary>
    public TimeSpan WriteDelay { get; init; }

    /// <summary>The clock of windows, delays and timestamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A sink for benchmarks: authenticates, limits and counts objects, but keeps no profile.</summary>
    public bool Counting { get; init; }

    /// <summary>Whether the last 1,000 requests are kept for <c>/_sim/requests</c>.</summary>
    public bool KeepRequests { get; init; } = true;

    /// <summary>The subscription groups that exist; null takes any well-formed UUID.</summary>
    public IReadOnlySet<string>? SubscriptionGroups { get; init; }

    /// <summary>External ids that Braze would call spam ("dummy users"), refused object by object.</summary>
    public IReadOnlySet<string>? BlockedExternalIds { get; init; }

    /// <summary>Custom attributes blocklisted in the dashboard: ignored in silence.</summary>
    public IReadOnlySet<string>? BlockedAttributes { get; init; }

    /// <summary>Whether the workspace takes part in the limited beta of <c>/users/track/bulk</c>.</summary>
    public bool Bulk { get; init; }

    /// <summary>Whether exports must name their fields, as for customers since 22 August 2024.</summary>
    public bool RequireFieldsToExport { get; init; } = true;

    /// <summary>Speaks HTTP/2 without TLS (prior knowledge) instead of HTTP/1.1.</summary>
    public bool Http2 { get; init; }
}

/// <summary>The limit of <c>POST /users/track</c>, and with it the dialect of the rate headers.</summary>
public sealed record BrazeLimit
{
    private BrazeLimit()
    {
    }

    /// <summary>Contracts by data points: 3,000 requests per 3 seconds, reset as an epoch second.</summary>
    // Braze docs, API limits (2026): since 28 October 2024.
    public static BrazeLimit Default { get; } = Requests(3_000);

    /// <summary>Contracts by monthly active users: an hour and a burst, reset in seconds, and <c>X-Ratelimit-Retry-After</c>.</summary>
    // Braze docs, rate limits (2026). The figures differ by contract and are not published; these are assumed.
    public static BrazeLimit Mau { get; } = Contract(perHour: 250_000, perBurst: 250);

    /// <summary>Most requests in a window of 3 seconds.</summary>
    public int PerBurst { get; private init; }

    /// <summary>Most requests in an hour; null on contracts by data points.</summary>
    public int? PerHour { get; private init; }

    /// <summary>A limit by data points of another size.</summary>
    public static BrazeLimit Requests(int per3Seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(per3Seconds);
        return new BrazeLimit { PerBurst = per3Seconds };
    }

    /// <summary>A limit by monthly active users of another size.</summary>
    public static BrazeLimit Contract(int perHour, int perBurst)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perHour);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perBurst);
        return new BrazeLimit { PerBurst = perBurst, PerHour = perHour };
    }

    /// <summary>Reads <c>default</c>, <c>mau</c>, or a number of requests per 3 seconds.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static BrazeLimit Parse(string text) => text switch
    {
        "default" => Default,
        "mau" => Mau,
        _ when int.TryParse(text, out var requests) && requests > 0 => Requests(requests),
        _ => throw new ArgumentException(
            $"The limit '{text}' is not known. Say default, mau, or a number of requests per 3 seconds.", nameof(text)),
    };
}
