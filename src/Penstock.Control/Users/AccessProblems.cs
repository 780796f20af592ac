using Penstock.Contract;

namespace Penstock.Control.Users;

/// <summary>The codes of what can go wrong with people, links, sessions and API keys.</summary>
public static class AccessProblems
{
    /// <summary>The role does not allow it.</summary>
    public static ProblemCode Forbidden { get; } = new("access.forbidden", "The role does not allow this.",
        "Ask an administrator to do it, or for another role.");

    /// <summary>Nobody is signed in, or the API key is not good.</summary>
    public static ProblemCode Unauthenticated { get; } = new("access.unauthenticated",
        "Nobody is signed in, or the API key is unknown, expired or revoked.",
        "Sign in, or send a key as 'Authorization: Bearer psk_…'.");

    /// <summary>Wrong e-mail address or password.</summary>
    public static ProblemCode Refused { get; } = new("access.refused", "The e-mail address or the password is not right.",
        "Try again. After five wrong passwords an account is locked for 15 minutes; an administrator can make a link for a new password.");

    /// <summary>The account was disabled.</summary>
    public static ProblemCode Disabled { get; } = new("access.disabled", "The account is disabled.", "Ask an administrator to enable it.");

    /// <summary>The password can be guessed.</summary>
    public static ProblemCode WeakPassword { get; } = new("access.weak_password", "The password is too short or easy to guess.",
        "Take at least 12 characters, such as four unrelated words.");

    /// <summary>The link was used, is too old, or never was one.</summary>
    public static ProblemCode Link { get; } = new("access.link", "The link was used already, is too old, or is incomplete.",
        "Ask an administrator for a new one; the first administrator's link is printed whenever the server starts.");

    /// <summary>A field is empty or not of the form it should have.</summary>
    public static ProblemCode Field { get; } = new("access.field", "A field is empty or cannot be used as it is.",
        "Put it right and send it again.");

    /// <summary>Somebody has that address already.</summary>
    public static ProblemCode EmailTaken { get; } = new("access.email_taken", "Somebody with that e-mail address is there already.",
        "Change that person's role, or make a link for a new password.");

    /// <summary>Nobody could administer Penstock any more.</summary>
    public static ProblemCode LastAdministrator { get; } = new("access.last_administrator",
        "This is the last administrator who can sign in.", "Make somebody else an administrator first.");

    /// <summary>There is no such person.</summary>
    public static ProblemCode UnknownPerson { get; } = new("access.unknown_person", "There is no such person.",
        "Load the list anew: somebody may have removed them.");

    /// <summary>There is no such invitation.</summary>
    public static ProblemCode UnknownInvitation { get; } = new("access.unknown_invitation", "There is no such open invitation.",
        "Load the list anew: it may have been accepted or withdrawn.");

    /// <summary>There is no such API key.</summary>
    public static ProblemCode UnknownKey { get; } = new("access.unknown_key", "There is no such API key.",
        "Load the list anew: somebody may have revoked it.");

    /// <summary>Two changed the same at once.</summary>
    public static ProblemCode Conflict { get; } = new("access.conflict", "Somebody else changed this at the same moment.",
        "Load it anew and try again.");

    /// <summary>Too many requests.</summary>
    public static ProblemCode TooMany { get; } = new("access.too_many", "Too many requests in a short time.",
        "Wait a minute and try again.");

    /// <summary>The form was not sent from a page of this server.</summary>
    public static ProblemCode Forged { get; } = new("access.forged", "The form is out of date or was not sent from a page of this server.",
        "Load the page anew and send it again.");
}
