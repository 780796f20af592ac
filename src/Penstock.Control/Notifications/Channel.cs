namespace Penstock.Control.Notifications;

/// <summary>How people are told.</summary>
public enum ChannelKind
{
    /// <summary>A JSON request, signed.</summary>
    Webhook,

    /// <summary>A webhook as Slack, Mattermost and others take it.</summary>
    Slack,

    /// <summary>An e-mail by SMTP.</summary>
    Email,
}

/// <summary>Somewhere to tell people that a model's state changed.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">Its kind.</param>
public sealed record ChannelDraft(string Name, ChannelKind Kind)
{
    /// <summary>Whether it is used.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The address of a webhook; may refer to a secret (<c>${secret:SLACK}</c>).</summary>
    public string? Url { get; init; }

    /// <summary>What a webhook's requests are signed with; a reference to a secret. Null for no signature.</summary>
    public string? SigningSecret { get; init; }

    /// <summary>The SMTP server.</summary>
    public string? Host { get; init; }

    /// <summary>Its port. Default 587.</summary>
    public int Port { get; init; } = 587;

    /// <summary>Whether the connection must be encrypted. Default true; false takes what the server offers.</summary>
    public bool RequiresTls { get; init; } = true;

    /// <summary>The user at the SMTP server; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The password; a reference to a secret.</summary>
    public string? Password { get; init; }

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The receivers' addresses.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
}

/// <summary>A channel that is kept.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Draft">What it is.</param>
public sealed record Channel(long Id, ChannelDraft Draft);

/// <summary>A message that was sent, or is tried.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="At">When it came up.</param>
/// <param name="Model">The model it is about.</param>
/// <param name="Event">The state it tells.</param>
/// <param name="Text">What it says.</param>
/// <param name="SentAt">When it was taken; null while it was not.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Error">Why it was not taken last time; null when it was.</param>
public sealed record SentMessage(
    long Id, string Channel, DateTimeOffset At, string Model, string Event, string Text, DateTimeOffset? SentAt, int Attempts,
        string? Error);
