using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>One side of a comparison.</summary>
/// <param name="Project">The project; null for none.</param>
/// <param name="Files">Its files.</param>
internal sealed record Side(Project? Project, IReadOnlyDictionary<string, string> Files);

/// <summary>Tells what differs between two configurations.</summary>
internal static class Comparing
{
    private const int Around = 3;
    private const int MostLinesOfAFile = 400;
    private const int MostDetails = 60;

    /// <summary>No files.</summary>
    public static IReadOnlyDictionary<string, string> NoFiles { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What differs.</summary>
    public static Changes Compare(Side before, Side after, ConnectorCatalog connectors)
    {
        var things = Things(before.Project, after.Project, connectors);
        var secrets = new[] { before.Project, after.Project }.OfType<Project>()
            .SelectMany(project => LiteralSecrets.In(project, connectors)).Distinct().ToList();
        var files = before.Files.Keys.Union(after.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(file => before.Files.GetValueOrDefault(file) != after.Files.GetValueOrDefault(file))
            .Select(file => File(file, before.Files.GetValueOrDefault(file), after.Files.GetValueOrDefault(file), secrets));
        return new(things, [.. files]);
    }

    private static List<ThingChange> Things(Project? before, Project? after, ConnectorCatalog connectors)
    {
        var old = before is null ? new Dictionary<string, string>() : ProjectThings.Texts(before);
        var now = after is null ? new Dictionary<string, string>() : ProjectThings.Texts(after);
        var oldFacts = new Facts(before, connectors);
        var newFacts = new Facts(after, connectors);
        return [.. old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Where(thing => old.GetValueOrDefault(thing) != now.GetValueOrDefault(thing))
            .OrderBy(Order).ThenBy(thing => thing, StringComparer.Ordinal)
            .Select(thing => Thing(thing, old.ContainsKey(thing), now.ContainsKey(thing), oldFacts, newFacts))];
    }

    private static ThingChange Thing(string thing, bool wasThere, bool isThere, Facts before, Facts after)
    {
        var kind = !wasThere ? ChangeKind.Added : !isThere ? ChangeKind.Removed : ChangeKind.Changed;
        var title = (isThere ? after : before).Title(thing);
        List<string> details = kind == ChangeKind.Removed ? [] : Fact.Differences(before.Of(thing), after.Of(thing), wasThere);
        if (kind == ChangeKind.Changed && details.Count == 0)
            details.Add("other settings changed: the YAML shows them");
        if (details.Count > MostDetails)
            details = [.. details.Take(MostDetails), $"and {details.Count - MostDetails} more"];
        return new(thing, title, kind, details);
    }

    private static int Order(string thing) => Array.IndexOf(["project", "app", "model", "group", "destination"], thing.Split(':')[0]);

    private static FileChange File(string file, string? before, string? after, List<LiteralSecret> secrets)
    {
        var kind = before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed;
        var diff = InlineDiffBuilder.Diff(WithoutEnd(before), WithoutEnd(after), ignoreWhiteSpace: false);
        var lines = new List<LineChange>();
        var all = diff.Lines.Where(line => line.Text.Length > 0 || (before is not null && after is not null)).ToList();
        var isNear = Near(all);
        var oldLine = 0;
        for (var at = 0; at < all.Count; at++)
        {
            if (all[at].Type != ChangeType.Inserted)
                oldLine++;
            if (!isNear[at])
            {
                if (lines.Count > 0 && lines[^1].Line != 0)
                    lines.Add(new(null, 0, ""));
                continue;
            }

            lines.Add(all[at].Type switch
            {
                ChangeType.Inserted => new(ChangeKind.Added, all[at].Position ?? 0, Hide(all[at].Text)),
                ChangeType.Deleted => new(ChangeKind.Removed, oldLine, Hide(all[at].Text)),
                _ => new(null, all[at].Position ?? 0, Hide(all[at].Text)),
            });
        }

        if (lines.Count > 0 && lines[^1].Line == 0)
            lines.RemoveAt(lines.Count - 1);
        var comments = before is not null && after is not null && Comments(after) < Comments(before);
        return new(file, kind, comments, [.. lines.Take(MostLinesOfAFile)], lines.Count > MostLinesOfAFile);

        string Hide(string text) => LiteralSecrets.Hide(text, secrets);
    }

    // The last line's end begins no line.
    private static string WithoutEnd(string? text) => (text ?? "").EndsWith('\n') ? text![..^1] : text ?? ""; // it ends in something

    private static bool[] Near(List<DiffPiece> lines)
    {
        var near = new bool[lines.Count];
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Type == ChangeType.Unchanged)
                continue;
            for (var other = Math.Max(0, at - Around); other <= Math.Min(lines.Count - 1, at + Around); other++)
                near[other] = true;
        }

        return near;
    }

    // A '#' in a text counts too now and then; the flag is a warning, not a proof.
    private static int Comments(string text) =>
        text.Split('\n').Count(line => line.TrimStart().StartsWith('#') || line.Contains(" #", StringComparison.Ordinal));
}

/// <summary>A credential that somebody wrote out.</summary>
internal sealed record LiteralSecret(string Option, string Text);

/// <summary>Credentials that somebody wrote out in files, which reading warns of: they are not shown again.</summary>
internal static class LiteralSecrets
{
    public static IEnumerable<LiteralSecret> In(Project project, ConnectorCatalog connectors) =>
        from app in project.Apps
        from option in connectors.Find(app.Type)?.Declaration.App.All ?? []
        where option.Type == OptionType.Secret
        let text = app.Texts.GetValueOrDefault(option.Name)
        where text is { Length: > 0 } && !SecretReferences.IsReference(text)
        select new LiteralSecret(option.Name, text);

    /// <summary>The text without them. Only lines that name the option are touched: a password may be any word.</summary>
    public static string Hide(string text, IReadOnlyCollection<LiteralSecret> secrets) => secrets.Count == 0 ? text
        : string.Join('\n', text.Split('\n').Select(line => secrets.Aggregate(line, (shown, secret) =>
        {
            var at = shown.IndexOf(secret.Option, StringComparison.Ordinal);
            return at < 0 ? shown
                : shown[..(at + secret.Option.Length)]
                    + shown[(at + secret.Option.Length)..].Replace(secret.Text, "***", StringComparison.Ordinal);
        })));
}
