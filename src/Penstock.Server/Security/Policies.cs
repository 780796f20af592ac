using Penstock.Control.Users;

namespace Penstock.Server.Security;

/// <summary>
/// The names of the policies: one a role, met by that role and those above it. Every endpoint and page names one, or says that it is open
/// to anybody.
/// </summary>
public static class Policies
{
    /// <summary>Whoever is signed in, or a key.</summary>
    public const string Viewer = nameof(Role.Viewer);

    /// <summary>Edits drafts, previews.</summary>
    public const string Editor = nameof(Role.Editor);

    /// <summary>Publishes, runs, approves.</summary>
    public const string Publisher = nameof(Role.Publisher);

    /// <summary>People, keys, secrets, settings, audit.</summary>
    public const string Administrator = nameof(Role.Administrator);

    /// <summary>Somebody signed in by password, of any role; not a key.</summary>
    public const string Person = nameof(Person);

    internal static IEnumerable<string> RolesFrom(Role least) =>
        Enum.GetValues<Role>().Where(role => role >= least).Select(role => role.ToString());
}
