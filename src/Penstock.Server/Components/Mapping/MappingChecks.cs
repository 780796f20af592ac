using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Mapping;

/// <summary>What is wrong with single mappings, as they are on the screen.</summary>
public static class MappingChecks
{
    /// <summary>What is wrong with one mapping, by the types that are known and by what was said of the saved draft.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="kind">The destination's kind.</param>
    /// <param name="model">The model.</param>
    /// <param name="types">The types of properties, where known.</param>
    public static Problem? Of(FieldMapping mapping, DestinationKind kind, Model model, IReadOnlyDictionary<string, DataType> types)
    {
        if (!MappingEdits.IsComplete(mapping))
            return ConfigurationProblems.Conflict.Of("Nothing is chosen yet.", "Choose the property whose value is sent.");
        if (mapping.Property is { } id && model.Find(id) is null)
            return ConfigurationProblems.UnknownReference.Of($"The model has no property `{id}` any more.", "Choose another property.");
        if (mapping.IsCustom && kind.CustomFields is { } custom && CustomFieldNames.Check(mapping.Field, kind, custom) is { } name)
            return name;
        return Type(mapping, kind, types);
    }

    /// <summary>The field that a mapping is of, as declared; null for one of the person's own.</summary>
    public static Field? Declared(FieldMapping mapping, DestinationKind kind) => mapping.IsCustom ? null
        : kind.Key.Name == mapping.Field ? kind.Key
        : kind.Fields.FirstOrDefault(field => field.Name == mapping.Field);

    /// <summary>
    /// What is wrong with the values that a property really has, for a field that takes only some; null when nothing
    /// is, or it can't be told.
    /// </summary>
    public static Problem? Values(Field field, string property, PropertyValues values)
    {
        if (field.Allowed.Count == 0 || values.Problem is not null || values.Values.Count == 0)
            return null;
        var others = values.Values.Where(value => !field.Allowed.Contains(value.Value, StringComparer.Ordinal)).ToList();
        if (others.Count == 0)
            return null;
        var examples = string.Join(", ", others.Take(3).Select(
            value => $"“{Cut(value.Value)}” ({Shared.Numbers.Grouped(value.Count)})"));
        var takes = string.Join(", ", field.Allowed.Take(8)) + (field.Allowed.Count > 8 ? ", …" : "");
        return MappingProblems.Values.Of(
            $"`{property}` has values that {field.Label} does not take: {examples}.",
            $"It takes {takes}. Those records would be refused: map a property with these codes, such as a calculated one.");
    }

    private static Problem? Type(FieldMapping mapping, DestinationKind kind, IReadOnlyDictionary<string, DataType> types)
    {
        var declared = Declared(mapping, kind);
        if (mapping.Property is not { } property || !types.TryGetValue(property, out var type))
            return null;
        if (declared is not null)
        {
            return TypeConversions.Fits(type, declared.Type) ? null : ConfigurationProblems.FieldType.Of(
                $"`{property}` is {TypeWords.Of(type)}; {declared.Label} takes {TypeWords.Of(declared.Type)}.",
                "Choose another property, or calculate one of that type under Data.");
        }

        if (kind.CustomFields is not { } custom)
            return null;
        var isTaken = custom.Types.Contains(DataKind.Any)
            || custom.Types.Any(one => TypeConversions.Fits(type with { IsArray = false }, one));
        return isTaken && (!type.IsArray || custom.Arrays) ? null : ConfigurationProblems.FieldType.Of(
            $"`{property}` is {TypeWords.Of(type)}, which a {custom.Word} can't hold.", "Choose another property.");
    }

    private static string Cut(string text) => text.Length <= 30 ? text : text[..30] + "…";
}
