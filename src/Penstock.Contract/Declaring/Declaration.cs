namespace Penstock.Contract;

/// <summary>
/// What a connector says about itself. The same declaration drives validation, forms, the JSON Schema, the docs page and the command
/// line, and tells the engine how to batch and pace.
/// </summary>
/// <param name="Type">The word for it in configuration files, such as <c>braze</c>: lower case.</param>
/// <param name="Name">The system's own name.</param>
public sealed record Declaration(string Type, string Name)
{
    /// <summary>One sentence: what it connects to.</summary>
    public required string Summary { get; init; }

    /// <summary>The options of an app of this type.</summary>
    public required OptionSet App { get; init; }

    /// <summary>The header that authorises each HTTP request, from the app's options; null where there is none.</summary>
    public Func<object, Authorization>? Authorization { get; init; }

    /// <summary>
    /// Whether its destinations write by HTTP alone, so that their requests can be shown without being sent. Default true.
    /// </summary>
    public bool SpeaksHttp { get; init; } = true;

    /// <summary>The statuses that say the credentials are not accepted: they end the run. Default 401 and 403.</summary>
    public IReadOnlyList<int> UnauthorisedStatuses { get; init; } = [401, 403];

    /// <summary>How the vendor's answers tell its rate limit.</summary>
    public RateHeaders RateHeaders { get; init; } = new();

    /// <summary>The ways of sending records there; empty for a pure source.</summary>
    public IReadOnlyList<DestinationKind> Destinations { get; init; } = [];
}

/// <summary>The header that authorises a request.</summary>
/// <param name="Header">Its name, usually <c>Authorization</c>.</param>
/// <param name="Value">Its whole value, such as <c>Bearer …</c>.</param>
/// <param name="Secret">The credential inside it, taken out of whatever the vendor answers.</param>
public sealed record Authorization(string Header, Secret Value, Secret Secret)
{
    /// <summary><c>Authorization: Bearer</c> with <paramref name="token"/>.</summary>
    public static Authorization Bearer(Secret token) => new("Authorization", new Secret("Bearer " + token.Reveal()), token);
}

/// <summary>
/// The headers by which a vendor tells its rate limit; names without regard to case, empty for none. A reset above 1,000,000,000 is read
/// as a UTC epoch second, otherwise as seconds from now; an empty or unreadable value as unknown.
/// </summary>
public sealed record RateHeaders
{
    /// <summary>How many requests the window takes.</summary>
    public string Limit { get; init; } = "X-RateLimit-Limit";

    /// <summary>How many are left in it.</summary>
    public string Remaining { get; init; } = "X-RateLimit-Remaining";

    /// <summary>When the window ends.</summary>
    public string Reset { get; init; } = "X-RateLimit-Reset";

    /// <summary>How long to wait after a 429, in seconds (or an HTTP date); the first one present counts.</summary>
    public IReadOnlyList<string> RetryAfter { get; init; } = ["X-RateLimit-Retry-After", "Retry-After"];
}

/// <summary>What one kind of request takes. The engine's pacing starts here and is corrected by the vendor's headers.</summary>
public sealed record Limits
{
    /// <summary>The most records a request. Default 1.</summary>
    public int Records { get; init; } = 1;

    /// <summary>The most bytes a request body may have. A batch whose body is larger is halved by the engine.</summary>
    public int Bytes { get; init; } = int.MaxValue;

    /// <summary>The most requests in each <see cref="Per"/>; null for no limit known.</summary>
    public int? Requests { get; init; }

    /// <summary>The window of <see cref="Requests"/>. Default one second.</summary>
    public TimeSpan Per { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most requests in flight. Default 8.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Requests of the same pool share one rate limit; null for one of their own.</summary>
    public string? Pool { get; init; }
}
