using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// Rules of a model that may be a draft, as conditions on the records that are loaded. Other groups are looked up in the model, not among
/// the records: they may have been edited since.
/// </summary>
internal sealed class LoadedRules(Model model, LoadedRecords loaded, RuleCompiler compiler)
{
    /// <summary>For a project's model, with relative dates as of now.</summary>
    public static LoadedRules Of(Project project, Model model, LoadedRecords loaded, TimeProvider time) =>
        new(model, loaded, new RuleCompiler(loaded.Types(model), new LocalCalendar(project.TimeZone, time.GetUtcNow())));

    /// <summary>Compiles a rule and all rules inside of it, each with what is wrong with it.</summary>
    public LoadedRule Compile(Rule rule) => Compile(rule, "", []);

    /// <summary>The rule of a group; a condition that holds for nobody, with a problem, where there is no such group.</summary>
    public LoadedRule OfGroup(string group) => Compile(new MembershipRule(group, IsMember: true)) with { Path = "" };

    private LoadedRule Compile(Rule rule, string path, IReadOnlyList<string> within)
    {
        switch (rule)
        {
            case RuleSet set:
                var parts = set.Rules.Select((part, index) => Compile(part, path.Length == 0 ? $"{index}" : $"{path}.{index}", within))
                    .ToList();
                return new(path, rule, Joined(set.Match, parts), parts.Find(part => part.Problem is not null)?.Problem) { Parts = parts };
            case MembershipRule membership:
                return Member(membership, path, within);
            default:
                return Comparison((PropertyRule)rule, path); // there are three kinds
        }
    }

    private LoadedRule Member(MembershipRule membership, string path, IReadOnlyList<string> within)
    {
        if (model.Groups.FirstOrDefault(group => group.Id == membership.Group) is not { } group)
        {
            return new(path, membership, null, InspectingProblems.UnknownGroup.Of(
                $"The rule names the group {membership.Group}, which the model does not have.", "Choose a group."));
        }

        if (within.Contains(group.Id))
        {
            return new(path, membership, null, InspectingProblems.Circle.Of(
                $"The group {group.Id} depends on itself: {string.Join(" → ", within.Append(group.Id))}.", InspectingProblems.Circle.ToDo));
        }

        var other = Compile(group.Rule, path, [.. within, group.Id]);
        var condition = other.Condition is not { } holds ? null : membership.IsMember ? holds : Sql.Of($"(NOT {holds})");
        return new(path, membership, condition, other.Problem) { Parts = [other], IsOtherGroup = true };
    }

    private LoadedRule Comparison(PropertyRule rule, string path)
    {
        try
        {
            return Problem(rule) is { } problem
                ? new(path, rule, null, problem)
                : new(path, rule, Sql.Of($"({compiler.Compile(rule)})"), null);
        }
        catch (PenstockException error)
        {
            return new(path, rule, null, error.Problem);
        }
    }

    private Problem? Problem(PropertyRule rule)
    {
        if (model.Find(rule.Property) is not { } property)
        {
            return CompilationProblems.RuleProperty.Of(
                rule.Property.Length == 0 ? "The rule names no property." : $"The model has no property {rule.Property}.",
                "Choose a property.");
        }

        if (loaded.StateOf(model, property) == LoadedState.Missing)
        {
            return InspectingProblems.NotLoaded.Of(
                $"The property {property.Id} is not loaded yet, so nobody can be counted by it.", InspectingProblems.NotLoaded.ToDo);
        }

        var type = loaded.TypeOf(property);
        return RuleOperators.Fits(rule.Operator, type)
            ? null
            : CompilationProblems.RuleOperator.Of(
                $"{RuleOperators.Word(rule.Operator).Replace('_', ' ')} does not fit {property.Id}, which is of type {type}.",
                "Choose an operator that fits.");
    }

    private static Sql? Joined(Match match, List<LoadedRule> parts)
    {
        var conditions = parts.ConvertAll(part => part.Condition);
        return conditions.Contains(null) ? null : LoadedRule.Joined(match, conditions.OfType<Sql>());
    }
}

/// <summary>A rule as a condition.</summary>
/// <param name="Path">Its place in the whole rule: the places of its ancestors and its own, from 0, with dots; empty for the
/// whole.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Condition">True or false for each record; null where a problem is in the way.</param>
/// <param name="Problem">What is wrong with it, or with the first rule inside that is not good.</param>
internal sealed record LoadedRule(string Path, Rule Rule, Sql? Condition, Problem? Problem)
{
    /// <summary>The rules inside; of a membership, the other group's rule.</summary>
    public IReadOnlyList<LoadedRule> Parts { get; init; } = [];

    /// <summary>Whether <see cref="Parts"/> belong to another group.</summary>
    public bool IsOtherGroup { get; init; }

    /// <summary>
    /// One row: how many records there are, then how many each of <paramref name="rules"/> holds for. Each comparison is made once, however
    /// many sets it is in.
    /// </summary>
    /// <param name="rules">Rules with a condition, all that are inside of one of them among them.</param>
    public static Sql Count(IReadOnlyList<LoadedRule> rules)
    {
        var names = new Dictionary<LoadedRule, Identifier>(ReferenceEqualityComparer.Instance);
        foreach (var rule in rules.Where(rule => rule.Rule is not RuleSet))
            names[rule] = new(FormattableString.Invariant($"rule_{names.Count}"));
        Sql Named(LoadedRule rule) => names.TryGetValue(rule, out var name) ? Sql.Of($"{name}")
            : rule.Rule is RuleSet set ? Joined(set.Match, rule.Parts.Select(Named))
            : rule.Condition!; // only rules with a condition are counted
        var columns = names.Select(pair => Sql.Of($"{pair.Key.Condition!} AS {pair.Value}")); // as above
        var counts = rules.Select(rule => Sql.Of($"CAST(coalesce(sum(CAST({Named(rule)} AS BIGINT)), 0) AS BIGINT)"));
        return Sql.Of(
            $"""
            SELECT {Sql.Join(",\n       ", counts.Prepend(Sql.Of($"count(*)")))}
            FROM (SELECT {Sql.Join(",\n             ", columns.DefaultIfEmpty(Sql.Of($"NULL")))}
                  FROM {Layout.Records}) AS compared
            """);
    }

    /// <summary>Conditions joined as those of a set of rules are.</summary>
    public static Sql Joined(Match match, IEnumerable<Sql> conditions)
    {
        var all = conditions.ToList();
        if (all.Count == 0)
            return Sql.Of($"FALSE");
        var joined = Sql.Join(match == Match.All ? " AND " : " OR ", all);
        return match == Match.None ? Sql.Of($"(NOT ({joined}))") : Sql.Of($"({joined})");
    }

    /// <summary>This rule and all inside, those of other groups left out.</summary>
    public IEnumerable<LoadedRule> All() => IsOtherGroup ? [this] : Parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>This rule and all inside, those of other groups too.</summary>
    public IEnumerable<LoadedRule> Whole() => Parts.SelectMany(part => part.Whole()).Prepend(this);
}
