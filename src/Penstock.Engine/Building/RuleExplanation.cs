using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Building;

/// <summary>Why a rule holds for a record or not, as a tree like the rule.</summary>
/// <param name="Text">The rule in words, such as <c>ltv greater than 100</c>, <c>all of</c> or <c>in group vip</c>.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record RuleExplanation(string Text, bool Holds)
{
    /// <summary>The property compared; null for sets and memberships.</summary>
    public string? Property { get; init; }

    /// <summary>The record's value that was compared.</summary>
    public Value Actual { get; init; }

    /// <summary>The rules inside, or the rule of the other group; empty for comparisons.</summary>
    public IReadOnlyList<RuleExplanation> Parts { get; init; } = [];
}

/// <summary>Explains memberships.</summary>
public static class RuleExplainer
{
    /// <summary>Explains why a record is in a group or not. Each comparison is the one that built the group, run on the record.</summary>
    /// <returns>Null when there is no such record.</returns>
    public static async Task<RuleExplanation?> ExplainAsync(
        WorkspaceConnection workspace, CompiledModel compiled, string group, string key, CancellationToken cancellationToken)
    {
        PreviewedRecord? record = null;
        await foreach (var found in RecordPreview.ReadAsync(workspace, compiled, new RecordFilter { Key = key }, cancellationToken))
            record = found;
        if (record is null)
            return null;
        var rule = compiled.Model.Groups.Single(candidate => candidate.Id == group).Rule;
        var leaves = Leaves(compiled.Model, rule).Distinct<PropertyRule>(ReferenceEqualityComparer.Instance).ToList();
        var holds = new Dictionary<PropertyRule, bool>(ReferenceEqualityComparer.Instance);
        if (leaves.Count > 0)
        {
            await foreach (var row in workspace.QueryAsync(RecordQueries.Holds(compiled, leaves, key), cancellationToken))
            {
                for (var index = 0; index < leaves.Count; index++)
                    holds[leaves[index]] = row.GetBoolean(index);
            }
        }

        return Explain(rule, compiled.Model, record, holds);
    }

    private static IEnumerable<PropertyRule> Leaves(Model model, Rule rule) => rule switch
    {
        RuleSet set => set.Rules.SelectMany(part => Leaves(model, part)),
        MembershipRule membership => Leaves(model, RuleOf(model, membership)),
        _ => [(PropertyRule)rule], // there are three kinds
    };

    private static RuleExplanation Explain(Rule rule, Model model, PreviewedRecord record, Dictionary<PropertyRule, bool> holds)
    {
        switch (rule)
        {
            case RuleSet set:
                var parts = set.Rules.Select(part => Explain(part, model, record, holds)).ToList();
                var result = parts.Count > 0 && set.Match switch
                {
                    Match.All => parts.TrueForAll(part => part.Holds),
                    Match.Any => parts.Exists(part => part.Holds),
                    _ => !parts.Exists(part => part.Holds),
                };
                var words = parts.Count == 0 ? "no rules" : set.Match.ToString().ToLowerInvariant() + " of";
                return new RuleExplanation(words, result) { Parts = parts };
            case MembershipRule membership:
                var other = Explain(RuleOf(model, membership), model, record, holds);
                return new RuleExplanation(
                    $"{(membership.IsMember ? "in" : "not in")} group {membership.Group}", other.Holds == membership.IsMember)
                { Parts = [other] };
            default:
                var comparison = (PropertyRule)rule; // there are three kinds
                return new RuleExplanation(Text(comparison), holds[comparison])
                {
                    Property = comparison.Property,
                    Actual = record.Values[comparison.Property],
                };
        }
    }

    private static Rule RuleOf(Model model, MembershipRule membership) =>
        model.Groups.Single(group => group.Id == membership.Group).Rule;

    private static string Text(PropertyRule rule)
    {
        var word = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(rule.Operator.ToString()).Replace('_', ' ');
        var compared = rule.Span?.ToString() ?? string.Join(", ", rule.Values);
        return compared.Length == 0 ? $"{rule.Property} {word}" : $"{rule.Property} {word} {compared}";
    }
}
