namespace Penstock.Control.Database;

/// <summary>What the server remembers of a model's schedule.</summary>
internal sealed class ModelState
{
    public required string Model { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    public string? PausedBy { get; set; }

    /// <summary>When the schedule last started a run.</summary>
    public DateTimeOffset? LastFiredAt { get; set; }

    /// <summary>SHA-256 of the last answer of the schedule's query; null before the first.</summary>
    public string? LastAnswer { get; set; }

    /// <summary>
    /// How the model stands for notifications: <c>healthy</c>, <c>failing</c>, <c>waiting</c>, <c>late</c>, <c>unusual</c>.
    /// </summary>
    public string Health { get; set; } = "healthy";

    public DateTimeOffset? HealthSince { get; set; }
}
