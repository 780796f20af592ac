using System.Text;
using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Components.Pages.Groups;

/// <summary>What the pages change of a model's groups.</summary>
internal static class GroupEdits
{
    /// <summary>The word of a group in the draft.</summary>
    public static string Thing(string model, string group) => $"group:{model}/{group}";

    /// <summary>Adds or replaces a group.</summary>
    public static Project Put(Project project, string model, Group group) => On(project, model, groups =>
        groups.Any(other => other.Id == group.Id)
            ? [.. groups.Select(other => other.Id == group.Id ? group : other)]
            : [.. groups, group]);

    /// <summary>Takes a group out.</summary>
    public static Project Remove(Project project, string model, string group) =>
        On(project, model, groups => [.. groups.Where(other => other.Id != group)]);

    /// <summary>The id proposed for a name: lower-case letters without accents, digits and underscores, and none there already.</summary>
    public static string ProposeId(string name, IEnumerable<string> taken)
    {
        var id = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                id.Append(letter);
            else if (id.Length > 0 && id[^1] != '_' && !char.IsLetterOrDigit(letter))
                id.Append('_');
        }

        var proposed = id.ToString().Trim('_');
        if (proposed.Length == 0 || !char.IsAsciiLetter(proposed[0]))
            proposed = proposed.Length == 0 ? "group" : "group_" + proposed;
        proposed = proposed.Length > 50 ? proposed[..50].TrimEnd('_') : proposed;
        var known = taken.ToHashSet(StringComparer.Ordinal);
        for (var number = 2; known.Contains(proposed); number++)
        {
            var stem = number == 2 ? proposed : proposed[..proposed.LastIndexOf('_')];
            proposed = FormattableString.Invariant($"{stem}_{number}");
        }

        return proposed;
    }

    /// <summary>A group made of what the model has, to learn from: a recent date, an amount, or somebody who has a value.</summary>
    public static Group Example(Model model, IReadOnlyDictionary<string, DataType> types)
    {
        Property? Find(Func<DataType, bool> fits) =>
            model.Properties.FirstOrDefault(property => fits(types.GetValueOrDefault(property.Id, DataKind.Any)));
        var ids = model.Groups.Select(group => group.Id);
        if (Find(type => type is { IsArray: false, Kind: DataKind.Date or DataKind.Timestamp }) is { } date)
        {
            return Of($"{model.Name} with {date.Id} in the last 60 days",
                new PropertyRule(date.Id, RuleOperator.Within) { Span = new(60, RelativeUnit.Days) });
        }

        if (Find(type => type.IsNumber) is { } number)
        {
            return Of($"{model.Name} with {number.Id} of at least 100",
                new PropertyRule(number.Id, RuleOperator.AtLeast) { Values = [Value.Of(100)] });
        }

        var first = model.Properties.Count > 0 ? model.Properties[0].Id : "";
        return Of($"{model.Name} who have {first}", new PropertyRule(first, RuleOperator.Exists));

        Group Of(string name, Rule rule) => new(ProposeId(name, ids), new RuleSet(Match.All, [rule])) { Name = name };
    }

    /// <summary>A group that holds for nobody yet.</summary>
    public static Group New(string id, string name) => new(id, new RuleSet(Match.All, [RuleEdits.New])) { Name = name };

    /// <summary>The destinations that send or show a group.</summary>
    public static IReadOnlyList<Destination> Destinations(Project project, string model, string group) =>
        [.. project.Destinations.Where(destination => destination.ModelId == model
            && (destination.GroupId == group || destination.Groups.Any(mapping => mapping.GroupId == group)))];

    /// <summary>What keeps a group from being removed, in words; null for nothing.</summary>
    public static string? WhyKept(Project project, string model, string group) =>
        Uses.OfGroup(project, model, group) is { Count: > 0 } users ? string.Join(", ", users) : null;

    private static Project On(Project project, string model, Func<IReadOnlyList<Group>, IReadOnlyList<Group>> change) =>
        project with
        {
            Models = [.. project.Models.Select(found => found.Id == model ? found with { Groups = change(found.Groups) } : found)],
        };
}
