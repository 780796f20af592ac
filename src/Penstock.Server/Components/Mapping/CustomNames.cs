using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Mapping;

/// <summary>Names of custom fields: what is proposed, and what is wrong with one.</summary>
public static class CustomNames
{
    /// <summary>The properties that no field of the destination takes its value from.</summary>
    public static IReadOnlyList<Property> Unmapped(Model model, Destination destination)
    {
        var mapped = destination.Mapping.Select(mapping => mapping.Property).ToHashSet(StringComparer.Ordinal);
        return [.. model.Properties.Where(property => !mapped.Contains(property.Id))];
    }

    /// <summary>A name for a property's field: the property's own, with something behind it where that can't be.</summary>
    public static string Propose(string property, DestinationKind kind, Destination destination)
    {
        var name = property;
        for (var number = 2; Problem(name, kind, destination) is not null && number < 100; number++)
            name = number == 2 ? property + "_value" : $"{property}_{number}";
        return name;
    }

    /// <summary>Why a new custom field can't have this name; null when it can.</summary>
    public static Problem? Problem(string name, DestinationKind kind, Destination destination)
    {
        if (kind.CustomFields is not { } custom)
            return ConfigurationProblems.NoCustomFields.Of($"{kind.Name} takes no fields of your own.");
        if (MappingEdits.Find(destination, name, isCustom: true) is not null)
            return ConfigurationProblems.DuplicateField.Of($"There is a field `{name}` already.", "Choose another name.");
        if (destination.Groups.Any(group => group.Target == name
            && kind.Groups.Any(form => form.Name == group.Form && form.TargetIsField)))
        {
            return ConfigurationProblems.DuplicateField.Of($"A group is shown in the field `{name}`.", "Choose another name.");
        }

        return CustomFieldNames.Check(name, kind, custom);
    }
}
