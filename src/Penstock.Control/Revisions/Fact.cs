namespace Penstock.Control.Revisions;

/// <summary>One thing that is so about an app, a model, a group or a destination, for telling what changed.</summary>
/// <param name="Key">Tells which fact of the other side it is compared with.</param>
/// <param name="Words">What is said before the value: <c>maps `first_name` from</c>, <c>sync mode:</c>.</param>
/// <param name="Value">The value; may be empty.</param>
internal sealed record Fact(string Key, string Words, string Value)
{
    private const int MostOfAValue = 200;

    /// <summary>What comes before the words when it is new, as in <c>rule added:</c>.</summary>
    public string? Added { get; init; }

    /// <summary>What comes before the words when it is gone, as in <c>rule removed:</c>.</summary>
    public string? Removed { get; init; }

    /// <summary>What comes before the words when the value is another, as in <c>rule changed:</c>.</summary>
    public string? Changed { get; init; }

    /// <summary>What is different, one sentence each.</summary>
    /// <param name="before">The facts before.</param>
    /// <param name="after">The facts after.</param>
    /// <param name="isKnown">Whether the thing was there before: of a new one the facts are only listed.</param>
    public static List<string> Differences(IReadOnlyList<Fact> before, IReadOnlyList<Fact> after, bool isKnown)
    {
        var old = First(before);
        var now = First(after);
        var sentences = new List<string>();
        foreach (var fact in now.Values)
        {
            if (!old.TryGetValue(fact.Key, out var was))
                sentences.Add(Join(isKnown ? fact.Added : null, fact.Words, Cut(fact.Value)));
            else if (was.Value != fact.Value)
                sentences.Add(Join(fact.Changed, fact.Words, was.Value.Length == 0 ? Cut(fact.Value)
                    : $"{Cut(was.Value)} → {(fact.Value.Length == 0 ? "nothing" : Cut(fact.Value))}"));
        }

        foreach (var fact in old.Values.Where(fact => !now.ContainsKey(fact.Key)))
            sentences.Add(Join(fact.Removed ?? "no longer", fact.Words, Cut(fact.Value)));
        return sentences;
    }

    // Of two with the same key, as an unfinished configuration may have, the first is told.
    private static Dictionary<string, Fact> First(IReadOnlyList<Fact> facts)
    {
        var byKey = new Dictionary<string, Fact>(StringComparer.Ordinal);
        foreach (var fact in facts)
            byKey.TryAdd(fact.Key, fact);
        return byKey;
    }

    private static string Join(params string?[] parts) => string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Cut(string value)
    {
        var line = value.ReplaceLineEndings(" ").Trim();
        return line.Length > MostOfAValue ? line[..MostOfAValue] + "…" : line;
    }
}
