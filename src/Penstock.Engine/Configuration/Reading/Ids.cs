using System.Text.RegularExpressions;

namespace Penstock.Engine.Configuration;

/// <summary>
/// The rule for the ids of apps, models, sources, properties, groups and destinations: they become names of tables and columns in the
/// workspace, where
/// a leading underscore is ours and case does not count.
/// </summary>
internal static partial class Ids
{
    public const string Pattern = "^[A-Za-z][A-Za-z0-9_]{0,59}$";

    /// <summary>Takes an id, or reports why it can't be one.</summary>
    /// <remarks>What it names (<c>property</c>) is for the message; the id is added to those taken.</remarks>
    public static bool Take(string what, Node at, string id, string path, Dictionary<string, Node> taken, Findings findings)
    {
        if (!IsMatch(id))
        {
            var proposed = Propose(id);
            var help = IsMatch(proposed) ? $"Write `{proposed}`, for example; `name:` takes any text." : null;
            findings.Add(
                ConfigurationProblems.InvalidId, at, path,
                $"The {what} id `{Cut(id)}` must begin with a letter and hold only letters, digits and underscores, 60 at most.", help);
            return false;
        }

        if (taken.TryAdd(id, at))
            return true;
        var other = taken[id];
        findings.Add(
            ConfigurationProblems.DuplicateId, at, path, $"There is another {what} `{id}` in {other.File}, line {other.Line}.",
            "Rename one of them; upper and lower case count as the same.");
        return false;
    }

    /// <summary>Makes an id of other text, such as a table's name.</summary>
    public static string Propose(string text)
    {
        var id = NotInIds().Replace(text, "_").Trim('_');
        return id.Length > 0 && char.IsAsciiDigit(id[0]) ? "t" + id : id;
    }

    public static bool IsMatch(string id) => Id().IsMatch(id) && !id.EndsWith('\n');

    public static Dictionary<string, Node> None() => new(StringComparer.OrdinalIgnoreCase);

    private static string Cut(string id) => id.Length <= 80 ? id : id[..80] + "…";

    [GeneratedRegex(Pattern, RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInIds();
}
