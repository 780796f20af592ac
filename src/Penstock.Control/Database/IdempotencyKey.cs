namespace Penstock.Control.Database;

/// <summary>A caller's own key of a request that created a run, so that the same request again gives the same run.</summary>
internal sealed class IdempotencyKey
{
    /// <summary>The caller and the key, as one text.</summary>
    public required string Key { get; set; }

    /// <summary>SHA-256 of the request: the same key with another request is a mistake.</summary>
    public required string RequestHash { get; set; }

    public long RunId { get; set; }

    public DateTimeOffset At { get; set; }
}
