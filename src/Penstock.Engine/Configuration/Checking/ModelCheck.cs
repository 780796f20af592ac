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
        CheckOrder();
        foreach (var group in model.Groups)
            CheckRule(group.Rule);
        CheckGroupCycles();
        TypeCheck.Rules(model, TypeCheck.KnownTypes(model), findings);
    }

    private void CheckJoins()
    {
        foreach (var source in model.Sources)
        {
            foreach (var join in source.Join)
            {
                if (model.Find(join.Property) is not { } property)
                    Unknown("property", join.Property, _properties, join.Position);
                else if (property.Source == source.Name)
                    findings.Add(
                        ConfigurationProblems.Join, join.Position, $"The join uses `{join.Property}`, which this source gives itself.",
                        "Join to a property of the primary source.");
            }
        }
    }

    private void CheckExpressions()
    {
        foreach (var property in model.Properties.Where(property => property.Expression is not null))
        {
            var expression = property.Expression!; // the loop takes only those that have one
            if (ExpressionReferences.Check(expression) is { } problem)
            {
                findings.Add(property.Position is { } at ? at.At(problem) : problem);
                continue;
            }

            foreach (var written in ExpressionReferences.Unknown(expression, _properties))
                findings.Add(
                    ConfigurationProblems.ExpressionName, property.Position,
                    $"The expression uses `{written}`, which is no property of the model.",
                    Suggestion.OrAll(written, _properties, "There are"));
        }
    }

    // Sources wait for the properties that they are joined to, properties for their source or for those that they are calculated from.
    private void CheckOrder()
    {
        const string SourceMark = "source ";
        var needs = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var property in model.Properties)
        {
            needs[property.Id] = property.Source is { } source ? [SourceMark + source]
                // one or the other
                : ExpressionReferences.Check(property.Expression ?? "") is null
                ? ExpressionReferences.Find(property.Expression!, _properties) : [];
        }

        foreach (var source in model.Sources)
            needs[SourceMark + source.Name] = [.. source.Join.Select(join => join.Property).Where(
                id => model.Find(id) is { } property && property.Source != source.Name)];
        foreach (var circle in Cycles.Find(needs))
        {
            var first = circle.FirstOrDefault(id => model.Find(id)?.Expression is not null) ?? circle[0];
            var at = model.Find(first)?.Position ?? model.Sources.FirstOrDefault(source => SourceMark + source.Name == first)?.Position;
            findings.Add(
                ConfigurationProblems.Cycle, at, $"Properties need each other in a circle: {Cycles.InWords(circle)}.",
                "Take one of these references out.");
        }
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
        var help = findings.IsFull ? null : Suggestion.For(written, known) ?? (
            known.Count == 0 ? $"The model has no {what} yet." : $"There are: {Suggestion.List(known)}.");
        findings.Add(ConfigurationProblems.UnknownReference, at, $"The {what} `{written}` does not exist.", help);
    }
}
