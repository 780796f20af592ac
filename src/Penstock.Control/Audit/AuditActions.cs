using System.Collections.Frozen;

namespace Penstock.Control.Audit;

/// <summary>
/// What can stand in the audit log as done, and how it reads after a name: "Ana Lima <i>published a revision</i>". Whoever writes a new
/// kind of entry adds a constant and its sentence here.
/// </summary>
public static class AuditActions
{
    /// <summary>The first administrator was made by the one-time link.</summary>
    public const string SetupDone = "setup.done";

    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "session.signed_in";

    /// <summary>Somebody gave a wrong password.</summary>
    public const string SignInRefused = "session.refused";

    /// <summary>Somebody was shut out for a while after too many wrong passwords.</summary>
    public const string LockedOut = "session.locked_out";

    /// <summary>Somebody signed out.</summary>
    public const string SignedOut = "session.signed_out";

    /// <summary>An invitation link was made.</summary>
    public const string Invited = "person.invited";

    /// <summary>An invitation was withdrawn before it was used.</summary>
    public const string InvitationWithdrawn = "person.invitation_withdrawn";

    /// <summary>An invitation was accepted.</summary>
    public const string Joined = "person.joined";

    /// <summary>A link to set a new password was made.</summary>
    public const string ResetOffered = "person.reset_offered";

    /// <summary>A new password was set by such a link.</summary>
    public const string PasswordReset = "person.password_reset";

    /// <summary>Somebody changed their own password.</summary>
    public const string PasswordChanged = "person.password_changed";

    /// <summary>A person's role was changed.</summary>
    public const string RoleChanged = "person.role_changed";

    /// <summary>A person was shut out.</summary>
    public const string Disabled = "person.disabled";

    /// <summary>A person was let in again.</summary>
    public const string Enabled = "person.enabled";

    /// <summary>A person's account was removed.</summary>
    public const string Removed = "person.removed";

    /// <summary>An API key was made.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>An API key was revoked.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>A secret was stored or replaced.</summary>
    public const string SecretSet = "secret.set";

    /// <summary>A secret was removed.</summary>
    public const string SecretRemoved = "secret.removed";

    /// <summary>The draft was edited.</summary>
    public const string DraftEdited = "draft.edited";

    /// <summary>The draft was thrown away.</summary>
    public const string DraftDiscarded = "draft.discarded";

    /// <summary>A revision was published from the draft.</summary>
    public const string RevisionPublished = "revision.published";

    /// <summary>A revision was published from files.</summary>
    public const string RevisionApplied = "revision.applied";

    /// <summary>An earlier revision was published again.</summary>
    public const string RevisionRestored = "revision.restored";

    /// <summary>A run was asked for.</summary>
    public const string RunRequested = "run.requested";

    /// <summary>A run was cancelled.</summary>
    public const string RunCancelled = "run.cancelled";

    /// <summary>Removals that a guard held back were approved.</summary>
    public const string RemovalsApproved = "run.removals_approved";

    /// <summary>Removals that a guard held back were declined.</summary>
    public const string RemovalsDeclined = "run.removals_declined";

    /// <summary>Failed or refused rows were put back for another try.</summary>
    public const string RowsRetried = "rows.retried";

    /// <summary>One record was sent as a trial.</summary>
    public const string TrialSent = "record.trial_sent";

    /// <summary>A model's runs were paused.</summary>
    public const string ModelPaused = "model.paused";

    /// <summary>A model's runs go on.</summary>
    public const string ModelResumed = "model.resumed";

    /// <summary>A model's schedule was changed.</summary>
    public const string ScheduleChanged = "schedule.changed";

    /// <summary>A notification channel was added.</summary>
    public const string ChannelAdded = "channel.added";

    /// <summary>A notification channel was changed.</summary>
    public const string ChannelChanged = "channel.changed";

    /// <summary>A notification channel was removed.</summary>
    public const string ChannelRemoved = "channel.removed";

    /// <summary>A setting of the server was changed.</summary>
    public const string SettingChanged = "setting.changed";

    /// <summary>How each reads after the name of who did it.</summary>
    public static FrozenDictionary<string, string> Sentences { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [SetupDone] = "set up Penstock as its first administrator",
        [SignedIn] = "signed in",
        [SignInRefused] = "was refused at sign-in",
        [LockedOut] = "was locked out for 15 minutes after wrong passwords",
        [SignedOut] = "signed out",
        [Invited] = "invited",
        [InvitationWithdrawn] = "withdrew the invitation of",
        [Joined] = "accepted an invitation",
        [ResetOffered] = "made a link for a new password for",
        [PasswordReset] = "set a new password by a link",
        [PasswordChanged] = "changed their password",
        [RoleChanged] = "changed the role of",
        [Disabled] = "disabled",
        [Enabled] = "enabled",
        [Removed] = "removed",
        [KeyCreated] = "made the API key",
        [KeyRevoked] = "revoked the API key",
        [SecretSet] = "stored the secret",
        [SecretRemoved] = "removed the secret",
        [DraftEdited] = "edited the draft",
        [DraftDiscarded] = "threw the draft away",
        [RevisionPublished] = "published",
        [RevisionApplied] = "published from files",
        [RevisionRestored] = "went back to",
        [RunRequested] = "started a run of",
        [RunCancelled] = "cancelled",
        [RemovalsApproved] = "approved the removals of",
        [RemovalsDeclined] = "declined the removals of",
        [RowsRetried] = "put refused or failed records back for another try in",
        [TrialSent] = "sent one record as a trial to",
        [ModelPaused] = "paused",
        [ModelResumed] = "resumed",
        [ScheduleChanged] = "changed the schedule of",
        [ChannelAdded] = "added the notification channel",
        [ChannelChanged] = "changed the notification channel",
        [ChannelRemoved] = "removed the notification channel",
        [SettingChanged] = "changed the setting",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
