using System.Globalization;
using System.Runtime.InteropServices;
using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>What an answer told of the vendor's rate limit; null for what it did not tell.</summary>
/// <param name="Limit">Requests a window.</param>
/// <param name="Remaining">Requests left in it.</param>
/// <param name="Reset">The time until it ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateLimit(long? Limit, long? Remaining, TimeSpan? Reset)
{
    // Above this a reset is an epoch second, in 2001; below it, seconds from now.
    private const double EpochFrom = 1_000_000_000;

    // An answer's Date has whole seconds; only a clock that differs by more than that is corrected by it.
    private static readonly TimeSpan SameClock = TimeSpan.FromSeconds(2);

    /// <summary>Reads the headers; what is missing, empty or nonsense is unknown, never an error.</summary>
    public static RateLimit Read(RateHeaders names, IReadOnlyDictionary<string, string> headers, DateTimeOffset now) => new(
        Number(names.Limit, headers) is { } limit ? (long)limit : null,
        Number(names.Remaining, headers) is { } remaining ? (long)remaining : null,
        ReadReset(names, headers, now));

    /// <summary>
    /// How long a 429 tells to wait: the first retry header that can be read, otherwise the reset; null if it tells nothing.
    /// </summary>
    public static TimeSpan? ReadRetryAfter(RateHeaders names, IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        foreach (var name in names.RetryAfter)
        {
            if (Number(name, headers) is { } seconds)
                return TimeSpan.FromSeconds(seconds);
            if (headers.TryGetValue(name, out var text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                return NotNegative(date - VendorsNow(headers, now));
            }
        }

        return ReadReset(names, headers, now);
    }

    private static TimeSpan? ReadReset(RateHeaders names, IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (Number(names.Reset, headers) is not { } value)
            return null;
        if (value <= EpochFrom)
            return TimeSpan.FromSeconds(value);
        return NotNegative(DateTimeOffset.UnixEpoch.AddSeconds(value) - VendorsNow(headers, now));
    }

    private static DateTimeOffset VendorsNow(IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (headers.TryGetValue("Date", out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var theirs)
            && (theirs - now).Duration() > SameClock)
        {
            return theirs;
        }

        return now;
    }

    private static double? Number(string name, IReadOnlyDictionary<string, string> headers) =>
        name.Length > 0
        && headers.TryGetValue(name, out var text)
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < 100_000_000_000
            ? number
            : null;

    private static TimeSpan NotNegative(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
