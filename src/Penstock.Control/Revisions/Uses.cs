using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>What uses an app, a model, a group or a property, as people read it. Asked before something is removed.</summary>
public static class Uses
{
    /// <summary>The sources that read from an app and the destinations that send to it.</summary>
    public static IReadOnlyList<string> OfApp(Project project, string app) =>
    [
        .. project.Models.SelectMany(model => model.Sources.Where(source => source.AppId == app)
            .Select(source => $"the source *{source.Name}* of the model *{model.Name}*")),
        .. project.Destinations.Where(destination => destination.AppId == app).Select(Name),
    ];

    /// <summary>The destinations that send a model.</summary>
    public static IReadOnlyList<string> OfModel(Project project, string model) =>
        [.. project.Destinations.Where(destination => destination.ModelId == model).Select(Name)];

    /// <summary>The groups whose rules name a group, and the destinations that send or show it.</summary>
    public static IReadOnlyList<string> OfGroup(Project project, string model, string group) =>
    [
        .. project.Models.Where(candidate => candidate.Id == model).SelectMany(candidate => candidate.Groups)
            .Where(other => Rules(other.Rule).OfType<MembershipRule>().Any(rule => rule.Group == group))
            .Select(other => $"the group *{other.Name}*"),
        .. project.Destinations.Where(destination => destination.ModelId == model
            && (destination.GroupId == group || destination.Groups.Any(mapping => mapping.GroupId == group))).Select(Name),
    ];

    /// <summary>The joins, calculated properties, groups and destinations that use a property.</summary>
    public static IReadOnlyList<string> OfProperty(Project project, string model, string property)
    {
        if (project.Models.FirstOrDefault(candidate => candidate.Id == model) is not { } found)
            return [];
        return
        [
            .. found.Sources.Where(source => source.Join.Any(join => join.Property == property))
                .Select(source => $"the join of the source *{source.Name}*"),
            .. found.Properties.Where(other => other.Id != property && other.Expression is { } expression
                && ExpressionReferences.Find(expression, [property]).Count > 0).Select(other => $"the calculated property `{other.Id}`"),
            .. found.Groups.Where(group => Rules(group.Rule).OfType<PropertyRule>().Any(rule => rule.Property == property))
                .Select(group => $"the group *{group.Name}*"),
            .. found.Identity == property ? ["the identity of the model"] : Array.Empty<string>(),
            .. found.Display == property ? ["the names of records in lists"] : Array.Empty<string>(),
            .. project.Destinations.Where(destination => destination.ModelId == model
                && destination.Mapping.Any(mapping => mapping.Property == property)).Select(Name),
        ];
    }

    /// <summary>A rule and all rules inside it.</summary>
    internal static IEnumerable<Rule> Rules(Rule rule) => rule is RuleSet set ? set.Rules.SelectMany(Rules).Prepend(rule) : [rule];

    private static string Name(Destination destination) => $"the destination *{destination.Name}*";
}
