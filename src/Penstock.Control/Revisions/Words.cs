using System.Globalization;
using Penstock.Control.Database;

namespace Penstock.Control.Revisions;

/// <summary>How revisions and changes are told to people.</summary>
internal static class Words
{
    /// <summary>Such as <c>revision 4 by Ana Lima on 2026-11-24 at 10:15 UTC ("New field")</c>.</summary>
    public static string Of(Revision revision) =>
        $"revision {revision.Number} by {revision.AuthorName} on {Of(revision.At)}"
        + (revision.Comment.Length > 0 ? $" (“{Cut(revision.Comment)}”)" : "");

    private static string Cut(string comment) => comment.Length > 80 ? comment[..80] + "…" : comment;

    /// <summary>Such as <c>2026-11-24 at 10:15 UTC</c>.</summary>
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>the group `vip` of the model `users`</c>.</summary>
    public static string Thing(string thing) => thing.Split(':', 2) switch
    {
        ["group", var name] when name.Split('/', 2) is [var model, var id] => $"the group `{id}` of the model `{model}`",
        [var kind, var id] => $"the {kind} `{id}`",
        _ => "the project's settings",
    };
}
