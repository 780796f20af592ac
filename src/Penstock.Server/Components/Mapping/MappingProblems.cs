using Penstock.Contract;

namespace Penstock.Server.Components.Mapping;

/// <summary>The codes of what the mapping editor alone can see.</summary>
public static class MappingProblems
{
    /// <summary>The loaded records have values that the field does not take.</summary>
    public static ProblemCode Values { get; } = new(
        "mapping.values",
        "The property has values that the field does not take; those records would be refused.",
        "Map a property with the codes that the field takes, such as a calculated one.",
        Severity.Warning);
}
