using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>Rules looked at on one record.</summary>
internal static class Verdicts
{
    /// <summary>Asks all rules at once, so that one statement tells all about a record. Null when there is no such record.</summary>
    public static async Task<IReadOnlyList<RuleVerdict>?> OfAsync(
        Reader reader, Model model, IReadOnlyList<LoadedRule> rules, string key, CancellationToken cancellationToken)
    {
        var all = rules.SelectMany(rule => rule.Whole()).ToList();
        var asked = all.Where(rule => rule.Condition is not null).ToList();
        var seen = all.Select(rule => rule.Rule).OfType<PropertyRule>().Select(rule => rule.Property).Distinct(StringComparer.Ordinal)
            .Select(model.Find).OfType<Property>().Where(property => reader.Loaded.Columns.ContainsKey(property.Id)).ToList();
        var columns = asked.Select(rule => rule.Condition!) // filtered just now
            .Concat(seen.Select(property => Text(reader, property)))
            .Prepend(Sql.Of($"{Layout.Key}"));
        var query = Sql.Of(
            $"SELECT {Sql.Join(",\n       ", columns)}\nFROM {Layout.Records}\nWHERE {Layout.Key} = CAST({Value.Of(key)} AS VARCHAR)");
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
        {
            var holds = asked.Select((rule, index) => (rule, Holds: row.GetBoolean(1 + index)))
                .ToDictionary(pair => pair.rule, pair => pair.Holds, ReferenceEqualityComparer.Instance as IEqualityComparer<LoadedRule>);
            var values = seen.Select((property, index) => (property.Id, Ordinal: 1 + asked.Count + index))
                .ToDictionary(pair => pair.Id, pair => row.IsDBNull(pair.Ordinal) ? null : row.GetString(pair.Ordinal));
            return [.. rules.Select(rule => Verdict(rule, holds, values))];
        }

        return null;
    }

    /// <summary>A property's value as text for people.</summary>
    public static Sql Text(Reader reader, Property property) =>
        FieldConversion.AsText(Sql.Of($"{Layout.Property(property.Id)}"), reader.Loaded.TypeOf(property));

    private static RuleVerdict Verdict(LoadedRule rule, Dictionary<LoadedRule, bool> holds, Dictionary<string, string?> values) =>
        new(rule.Path, Words(rule.Rule), holds.TryGetValue(rule, out var held) ? held : null)
        {
            Property = (rule.Rule as PropertyRule)?.Property,
            Value = rule.Rule is PropertyRule comparison ? values.GetValueOrDefault(comparison.Property) : null,
            Problem = rule.Problem,
            Parts = [.. rule.Parts.Select(part => Verdict(part, holds, values))],
        };

    private static string Words(Rule rule)
    {
        switch (rule)
        {
            case RuleSet set:
                return set.Rules.Count == 0 ? "no rules" : set.Match.ToString().ToLowerInvariant() + " of";
            case MembershipRule membership:
                return $"{(membership.IsMember ? "in" : "not in")} group {membership.Group}";
            default:
                var comparison = (PropertyRule)rule; // there are three kinds
                var word = RuleOperators.Word(comparison.Operator).Replace('_', ' ');
                var compared = comparison.Span?.ToString() ?? string.Join(", ", comparison.Values);
                return $"{comparison.Property} {word} {compared}".TrimEnd();
        }
    }
}
