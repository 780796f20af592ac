namespace Penstock.Engine.Delivering;

/// <summary>How patient and how bold a delivery is. The defaults suit every vendor known.</summary>
public sealed record DeliveryOptions
{
    /// <summary>How long one attempt at a request may take, answer included. Default 60 seconds.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a request is tried when the far end breaks down (5xx, lost connections). Default 6; a 429 counts as none.
    /// </summary>
    public int Tries { get; init; } = 6;

    /// <summary>The longest back-off after the first try that broke; doubles with each. Default 1 second.</summary>
    public TimeSpan BackOffFrom { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest back-off of all. Default 60 seconds.</summary>
    public TimeSpan BackOffTo { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one request may wait in all because of 429s. Default one hour.</summary>
    public TimeSpan RateLimitPatience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How much of the limit told by the vendor's headers is used, from 0.05 to 1; the rest stays for others of the same account. Default
    /// 0.8. A declared limit is used whole. The last 5 % are never used.
    /// </summary>
    public double Share { get; init; } = 0.8;

    /// <summary>Requests in flight at the start; grows up to the declared limit while all is well. Default 8.</summary>
    public int StartConcurrency { get; init; } = 8;

    /// <summary>How many batches in a row the far end may leave without a usable answer before the delivery ends. Default 5.</summary>
    public int UnavailableInARow { get; init; } = 5;

    /// <summary>How long requests in flight may go on after cancelling. Default 30 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The first wait before asking how a bulk job goes; doubles up to <see cref="PollTo"/>. Default 1 second.</summary>
    public TimeSpan PollFrom { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two questions about a bulk job. Default 30 seconds.</summary>
    public TimeSpan PollTo { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gives numbers from 0 to 1, for jitter; replaced in tests.</summary>
    internal Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Full jitter: anything from zero to the back-off, which doubles with each <paramref name="attempt"/> from 0 on.</summary>
    internal TimeSpan BackOff(int attempt) =>
        Random() * TimeSpan.FromTicks(Math.Min(BackOffTo.Ticks, BackOffFrom.Ticks << Math.Min(attempt, 20)));
}
