using Penstock.Contract;

namespace Penstock.Control.Notifications;

/// <summary>The codes of what can be wrong with notifications.</summary>
public static class NotificationProblems
{
    /// <summary>The channel's options don't fit.</summary>
    public static ProblemCode Invalid { get; } = new(
        "channel.invalid", "The notification channel's options don't fit.", "Give what the message names.");

    /// <summary>No such channel.</summary>
    public static ProblemCode Unknown { get; } = new(
        "usage.unknown_channel", "There is no such notification channel.", "The settings list them.");

    /// <summary>It did not take the message.</summary>
    public static ProblemCode NotTaken { get; } = new(
        "channel.not_taken", "The receiver did not take the message.", "Check the channel's address and secrets, then test it.");
}
