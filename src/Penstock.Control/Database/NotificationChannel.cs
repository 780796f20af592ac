namespace Penstock.Control.Database;

/// <summary>Somewhere to tell people that a model's state changed.</summary>
internal sealed class NotificationChannel
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary><c>webhook</c>, <c>slack</c> or <c>email</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>Its options as JSON; secrets as references.</summary>
    public required string Options { get; set; }

    public bool IsEnabled { get; set; } = true;
}

/// <summary>One message sent, or tried, to a channel.</summary>
internal sealed class NotificationMessage
{
    public long Id { get; set; }

    public long ChannelId { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Model { get; set; }

    /// <summary>What it tells, such as <c>failing</c>.</summary>
    public required string Event { get; set; }

    public required string Text { get; set; }

    /// <summary>When it was taken; null while it was not.</summary>
    public DateTimeOffset? SentAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>Why it was not taken last time.</summary>
    public string? Error { get; set; }
}
