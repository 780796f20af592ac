using Microsoft.AspNetCore.Identity;

namespace Penstock.Control.Users;

/// <summary>
/// Somebody who may sign in. The user name is the e-mail address; the password is kept as ASP.NET Core Identity hashes it.
/// </summary>
public sealed class User : IdentityUser
{
    /// <summary>What others read.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>What this person may do.</summary>
    public Role Role { get; set; } = Role.Viewer;

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When this person last signed in; null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Whether an administrator has shut this person out.</summary>
    public bool IsDisabled { get; set; }
}
