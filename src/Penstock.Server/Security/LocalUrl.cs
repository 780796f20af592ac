namespace Penstock.Server.Security;

/// <summary>Where a person goes after signing in: a page of this server and nowhere else, whatever a link says.</summary>
internal static class LocalUrl
{
    /// <summary>The address when it is a path of this server; the overview otherwise.</summary>
    public static string Of(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(character => char.IsControl(character) || character == '\\')
            ? url
            : "/";
}
