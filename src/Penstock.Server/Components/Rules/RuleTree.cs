using System.Globalization;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Rules;

/// <summary>
/// Edits of a rule's tree. Places are paths as in the counts: the places of the ancestors and the own one, from 0, joined by dots; empty
/// for the whole rule, which is always a set here.
/// </summary>
internal static class RuleTree
{
    /// <summary>The rule as a set: itself, or a set of it alone.</summary>
    public static RuleSet Root(Rule rule) => rule as RuleSet ?? new(Match.All, [rule]);

    /// <summary>The rule at a path; null when there is none.</summary>
    public static Rule? At(Rule root, string path)
    {
        var at = root;
        foreach (var place in Places(path))
        {
            if (at is not RuleSet set || place >= set.Rules.Count)
                return null;
            at = set.Rules[place];
        }

        return at;
    }

    /// <summary>Puts another rule in a rule's place.</summary>
    public static RuleSet Replace(RuleSet root, string path, Rule rule) => Root(On(root, [.. Places(path)], 0, _ => rule));

    /// <summary>Adds a rule at the end of a set.</summary>
    public static RuleSet Add(RuleSet root, string set, Rule rule) =>
        Children(root, set, rules => [.. rules, rule]);

    /// <summary>Takes a rule out.</summary>
    public static RuleSet Remove(RuleSet root, string path) =>
        Children(root, Parent(path), rules => [.. rules.Where((_, place) => place != Place(path))]);

    /// <summary>Moves a rule up (−1) or down (1) among its neighbours; at the end it stays.</summary>
    public static RuleSet Move(RuleSet root, string path, int by) => Children(root, Parent(path), rules =>
    {
        var (from, to) = (Place(path), Place(path) + by);
        if (to < 0 || to >= rules.Count)
            return rules;
        var moved = rules.ToList();
        (moved[from], moved[to]) = (moved[to], moved[from]);
        return moved;
    });

    /// <summary>Puts a rule into a set of its own, which takes its place.</summary>
    public static RuleSet Indent(RuleSet root, string path) =>
        At(root, path) is { } rule ? Replace(root, path, new RuleSet(Match.Any, [rule])) : root;

    /// <summary>Takes a rule out of its set and puts it behind that; a set left empty goes. At the top it stays.</summary>
    public static RuleSet Outdent(RuleSet root, string path)
    {
        var set = Parent(path);
        if (set.Length == 0 || At(root, path) is not { } rule)
            return root;
        var isLast = At(root, set) is RuleSet { Rules.Count: 1 };
        return Children(Remove(root, path), Parent(set), rules =>
        {
            var outer = rules.ToList();
            outer.Insert(Place(set) + 1, rule);
            if (isLast)
                outer.RemoveAt(Place(set));
            return outer;
        });
    }

    /// <summary>The path of the rule at a place of a set.</summary>
    public static string Child(string set, int place) => set.Length == 0
        ? place.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{set}.{place}");

    /// <summary>A path as people count: from 1.</summary>
    public static string Number(string path) => string.Join('.', Places(path).Select(place => place + 1));

    /// <summary>The path of the set that a rule is in.</summary>
    public static string Parent(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : "";

    /// <summary>A rule's place in its set.</summary>
    public static int Place(string path) => Places(path).LastOrDefault();

    private static IEnumerable<int> Places(string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(place => int.Parse(place, CultureInfo.InvariantCulture));

    private static RuleSet Children(RuleSet root, string path, Func<IReadOnlyList<Rule>, IReadOnlyList<Rule>> change) =>
        Root(On(root, [.. Places(path)], 0, rule => rule is RuleSet set ? set with { Rules = change(set.Rules) } : rule));

    private static Rule On(Rule rule, List<int> places, int depth, Func<Rule, Rule> change)
    {
        if (depth == places.Count)
            return change(rule);
        return rule is RuleSet set
            ? set with
            {
                Rules = [.. set.Rules.Select((part, place) => place == places[depth] ? On(part, places, depth + 1, change) : part)],
            }
            : rule;
    }
}
