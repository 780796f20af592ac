namespace Penstock.Engine.Configuration;

/// <summary>Checks what refers to what inside of a model: joins, expressions, rules; and circles among them.</summary>
internal sealed class ModelCheck(Model model, Findings findings)
{
    private readonly List<string> _properties = [.. model.Properties.Select(property => property.Id)];
    private readonly List<string> _groups = [.. model.Groups.Select(group => group.Id)];

    public void Run()
    {
        CheckJoins();
        CheckExpressions();
        foreach (var group in model.Groups)
            CheckRule(group.Rule);
        CheckGroupCycles();
        TypeCheck.Rules(model, TypeCheck.KnownTypes(model), findings);
    }

    private void CheckJoins()
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in model.Sources)
        {
            foreach (var join in source.Join)
            {
                if (model.Find(join.Property) is not { } property)
                    Unknown("property", join.Property, _properties, join.Position);
                else if (property.Source == source.Name)
                    findings.Add(ConfigurationProblems.Join, join.Position, $"The join uses `{join.Property}`, which this source gives itself.", "Join to a property of the primary source.");
                else if (property.Source is null)
                    findings.Add(ConfigurationProblems.Join, join.Position, $"The join uses `{join.Property}`, which is calculated.", "Join to a property of the primary source, or of a source before this one.");
                else if (!before.Contains(property.Source))
                    findings.Add(ConfigurationProblems.Join, join.Position, $"The join uses `{join.Property}` of the source `{property.Source}`, which comes later.", $"Move `{property.Source}` before `{source.Name}`.");
            }

            before.Add(source.Name);
        }
    }

    private void CheckExpressions()
    {
        var references = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var property in model.Properties.Where(property => property.Expression is not null))
        {
            var expression = property.Expression!; // the loop takes only those that have one
            if (ExpressionReferences.Check(expression) is { } problem)
            {
                findings.Add(property.Position is { } at ? at.At(problem) : problem);
                continue;
            }

            references[property.Id] = ExpressionReferences.Find(expression, _properties);
            foreach (var written in ExpressionReferences.Unknown(expression, _properties))
                findings.Add(
                    ConfigurationProblems.ExpressionName, property.Position, $"The expression uses `{written}`, which is no property of the model.",
                    Suggestion.OrAll(written, _properties, "There are"));
        }

        foreach (var circle in Cycles.Find(references))
            findings.Add(
                ConfigurationProblems.Cycle, model.Find(circle[0])?.Position, $"Calculated properties use each other in a circle: {Cycles.InWords(circle)}.",
                "Take one of these references out.");
    }

    private void CheckRule(Rule rule)
    {
        switch (rule)
        {
            case RuleSet set:
                foreach (var inner in set.Rules)
                    CheckRule(inner);
                break;
            case MembershipRule membership when !_groups.Contains(membership.Group):
                Unknown("group", membership.Group, _groups, membership.Position);
                break;
            case PropertyRule comparison when !_properties.Contains(comparison.Property):
                Unknown("property", comparison.Property, _properties, comparison.Position);
                break;
        }
    }

    private void CheckGroupCycles()
    {
        var references = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var group in model.Groups)
            references.TryAdd(group.Id, [.. Memberships(group.Rule).Distinct(StringComparer.Ordinal)]);
        foreach (var circle in Cycles.Find(references))
            findings.Add(
                ConfigurationProblems.Cycle, model.Groups.First(group => group.Id == circle[0]).Position,
                $"Groups depend on each other in a circle: {Cycles.InWords(circle)}.", "Take one of these memberships out.");
    }

    private static IEnumerable<string> Memberships(Rule rule) => rule switch
    {
        RuleSet set => set.Rules.SelectMany(Memberships),
        MembershipRule membership => [membership.Group],
        _ => [],
    };

    private void Unknown(string what, string written, List<string> known, Position? at)
    {
        var help = Suggestion.For(written, known) ?? (known.Count == 0 ? $"The model has no {what} yet." : $"There are: {Suggestion.List(known)}.");
        findings.Add(ConfigurationProblems.UnknownReference, at, $"The {what} `{written}` does not exist.", help);
    }
}
