using Penstock.Control.Users;

namespace Penstock.Server.Components.Pages.Settings;

/// <summary>The roles in a sentence each.</summary>
internal static class RoleWords
{
    /// <summary>From the one that may least.</summary>
    public static IReadOnlyList<(Role Role, string Text)> All { get; } =
    [
        (Role.Viewer, "looks at everything but secrets and people"),
        (Role.Editor, "also edits the draft and previews"),
        (Role.Publisher, "also publishes, runs and approves removals"),
        (Role.Administrator, "also people, API keys, secrets and settings"),
    ];
}
