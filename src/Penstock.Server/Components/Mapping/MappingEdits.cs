using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Mapping;

/// <summary>The edits of a mapping, each giving the changed destination. The key stays first, custom fields last.</summary>
public static class MappingEdits
{
    /// <summary>The mapping of a field; null when there is none.</summary>
    public static FieldMapping? Find(Destination destination, string field, bool isCustom) =>
        destination.Mapping.FirstOrDefault(mapping => mapping.Field == field && mapping.IsCustom == isCustom);

    /// <summary>Adds a mapping, or puts it in the place of the one of the same field.</summary>
    public static Destination Put(Destination destination, FieldMapping mapping)
    {
        var all = destination.Mapping.ToList();
        var at = all.FindIndex(other => other.Field == mapping.Field && other.IsCustom == mapping.IsCustom);
        if (at >= 0)
            all[at] = mapping;
        else
            all.Insert(mapping.IsCustom ? all.Count : Math.Max(0, all.FindLastIndex(other => !other.IsCustom) + 1), mapping);
        return destination with { Mapping = all };
    }

    /// <summary>Adds several mappings.</summary>
    public static Destination PutAll(Destination destination, IEnumerable<FieldMapping> mappings) => mappings.Aggregate(destination, Put);

    /// <summary>Takes a mapping out.</summary>
    public static Destination Remove(Destination destination, string field, bool isCustom) => destination with
    {
        Mapping = [.. destination.Mapping.Where(mapping => mapping.Field != field || mapping.IsCustom != isCustom)],
    };

    /// <summary>Gives a custom field another name; unchanged when that name is taken.</summary>
    public static Destination Rename(Destination destination, string from, string to) =>
        from == to || Find(destination, to, isCustom: true) is not null
            ? destination
            : destination with
            {
                Mapping = [.. destination.Mapping.Select(mapping =>
                    mapping.IsCustom && mapping.Field == from ? mapping with { Field = to, Position = null } : mapping)],
            };

    /// <summary>The property that the first column of the primary key has; null when none has.</summary>
    public static Property? KeyProperty(Model model) => model.Primary.PrimaryKey is [var column]
        ? model.Properties.FirstOrDefault(property => property.Source == model.Primary.Name
            && property.Column is { Aggregate: AggregateKind.Exact } selected && selected.Column == column)
        : null;

    /// <summary>Whether it says where the value comes from.</summary>
    public static bool IsComplete(FieldMapping mapping) => mapping.Property is { Length: > 0 } || !mapping.Constant.IsNull;
}
