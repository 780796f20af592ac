using System.Text.RegularExpressions;

namespace Penstock.Engine.Configuration;

/// <summary>Reads the rules of a group.</summary>
internal sealed class RuleReader(Scope scope)
{
    private static readonly (string Word, Match Match)[] Sets = [("all", Match.All), ("any", Match.Any), ("none", Match.None)];

    /// <summary>A group's rules: a list for <c>all:</c>, or a map.</summary>
    public Group ReadGroup(Entry entry, string path)
    {
        var position = new Position(entry.Key.File, entry.Key.Line, path);
        var nobody = new RuleSet(Match.All, []) { Position = position };
        Group group;
        if (entry.Value is ListNode list)
            group = new(entry.Name, new RuleSet(Match.All, ReadAll(list.Items, path)) { Position = position }) { Position = position };
        else if (entry.Value is MapNode node)
        {
            var map = new MapReader(node, ConfigurationKeys.Group, path, scope.Findings);
            group = new(entry.Name, Joined(ReadSets(map), position)) { Name = map.Text("name") ?? entry.Name, Position = position };
        }
        else
        {
            scope.Findings.Add(
                ConfigurationProblems.InvalidValue, entry.Key, path,
                $"The group `{entry.Name}` takes a map or a list of rules, not {entry.Value.InWords}.",
                "Write `all:` with a list of rules.");
            return new(entry.Name, nobody) { Position = position };
        }

        if (group.Rule is RuleSet { Rules.Count: 0 })
            scope.Findings.Add(
                ConfigurationProblems.EmptyGroup, position, $"The group `{entry.Name}` has no rules, so it holds nobody.",
                "Add a rule under `all:`.");
        return group;
    }

    private List<Rule> ReadAll(IReadOnlyList<Node> items, string path)
    {
        var rules = new List<Rule>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is MapNode map)
                rules.Add(Read(new MapReader(map, ConfigurationKeys.Rule, $"{path}[{i}]", scope.Findings)));
            else
                scope.Findings.Add(
                    ConfigurationProblems.InvalidValue, items[i], $"{path}[{i}]", $"A rule is a map, not {items[i].InWords}.",
                    "Write `{ property: ltv, greater_than: 100 }`.");
        }

        return rules;
    }

    private Rule Read(MapReader map)
    {
        var rules = ReadSets(map);
        foreach (var word in (string[])["member_of", "not_member_of"])
        {
            if (map.Text(word) is { } group)
                rules.Add(new MembershipRule(group, word == "member_of") { Position = map.Position with { Path = map.At(word) } });
        }

        var comparisons = map.Node.Entries.Where(entry => RuleOperators.Parse(entry.Name) is not null).ToList();
        if (map.Text("property") is { } property)
        {
            if (comparisons.Count == 0 && !map.HasUnknown)
                scope.Findings.Add(
                    ConfigurationProblems.MissingKey, map.Node, map.Path, $"The rule on `{property}` compares with nothing.",
                    "Add an operator such as `equals:`, `greater_than:`, `within:` or `exists:`.");
            rules.AddRange(comparisons.Select(entry => Comparison(map, property, entry)));
        }
        else if (comparisons.Count > 0)
            scope.Findings.Add(
                ConfigurationProblems.MissingKey, map.Node, map.Path, $"The rule with `{comparisons[0].Name}:` names no property.",
                "Add `property:`.");
        else if (map.Node.Entries.Count == 0)
            scope.Findings.Add(
                ConfigurationProblems.MissingKey, map.Node, map.Path, "The rule is empty.",
                "Write `{ property: ltv, greater_than: 100 }`.");
        return Joined(rules, map.Position);
    }

    private List<Rule> ReadSets(MapReader map)
    {
        var rules = new List<Rule>();
        foreach (var (word, match) in Sets)
        {
            if (map.Find(word) is not null)
                rules.Add(
                    new RuleSet(match, ReadAll(map.List(word), map.At(word))) { Position = map.Position with { Path = map.At(word) } });
        }

        return rules;
    }

    // Several conditions in one map hold together.
    private static Rule Joined(List<Rule> rules, Position position) =>
        rules is [var only] ? only : new RuleSet(Match.All, rules) { Position = position };

    private PropertyRule Comparison(MapReader map, string property, Entry entry)
    {
        var operation = RuleOperators.Parse(entry.Name)!.Value; // the caller took its entries by this
        var rule = new PropertyRule(property, operation) { Position = new(entry.Key.File, entry.Key.Line, map.At(entry.Name)) };
        switch (RuleOperators.OperandsOf(operation))
        {
            case Operands.Flag:
                return entry.Value is ScalarNode { Boolean: { } flag }
                    ? rule with { Operator = flag ? operation : Opposite(operation) }
                    : Wrong(rule, entry, "true or false");
            case Operands.Two:
                return entry.Value is ListNode { Items: [ScalarNode { IsNull: false } low, ScalarNode { IsNull: false } high] }
                    ? rule with { Values = [low.ToValue(), high.ToValue()] }
                    : Wrong(rule, entry, "two values, `[low, high]`");
            case Operands.Many:
                return entry.Value is ListNode { Items: [_, ..] } list && list.Items.All(item => item is ScalarNode { IsNull: false })
                    ? rule with { Values = [.. list.Items.Cast<ScalarNode>().Select(item => item.ToValue())] }
                    : Wrong(rule, entry, "a list of values");
            case Operands.Span:
                return entry.Value is ScalarNode span && Spans.Parse(span.Text) is { } length
                    ? rule with { Span = length }
                    : Wrong(rule, entry, "a length such as `60 days`, `2 weeks` or `1 month`");
            default:
                if (entry.Value is not ScalarNode { IsNull: false } scalar)
                    return Wrong(rule, entry, "a value; for null write `exists: false`");
                CheckPattern(rule, scalar);
                return rule with { Values = [scalar.ToValue()] };
        }
    }

    private PropertyRule Wrong(PropertyRule rule, Entry entry, string expected)
    {
        var shown = entry.Value is ScalarNode { IsNull: false, Text.Length: < 60 } scalar ? $"`{scalar.Text}`" : entry.Value.InWords;
        scope.Findings.Add(ConfigurationProblems.RuleValue, rule.Position, $"`{entry.Name}:` takes {expected}, not {shown}.");
        return rule;
    }

    // Stands in for RE2, which the workspace uses: both refuse what would need backtracking.
    private void CheckPattern(PropertyRule rule, ScalarNode scalar)
    {
        if (rule.Operator is not (RuleOperator.Matches or RuleOperator.NotMatches))
            return;
        try
        {
            _ = new Regex(scalar.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            var reason = wrong is NotSupportedException ? "it uses back-references or look-around" : wrong.Message.TrimEnd('.');
            scope.Findings.Add(
                ConfigurationProblems.Pattern, rule.Position, $"The regular expression is not valid: {reason}.",
                "Write it in RE2's syntax.");
        }
    }

    private static RuleOperator Opposite(RuleOperator operation) => operation switch
    {
        RuleOperator.Exists => RuleOperator.NotExists,
        RuleOperator.NotExists => RuleOperator.Exists,
        RuleOperator.IsEmpty => RuleOperator.IsNotEmpty,
        _ => RuleOperator.IsEmpty,
    };
}
