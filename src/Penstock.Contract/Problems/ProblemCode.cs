using System.Reflection;

namespace Penstock.Contract;

/// <summary>
/// A problem's code as declared: each is a public static property of a public static class, in the file of the part that reports it. The
/// docs page
/// of codes is written from these.
/// </summary>
/// <param name="Code">Stable and dotted; scripts depend on it.</param>
/// <param name="Meaning">What it says, in one line.</param>
/// <param name="ToDo">What a person does about it, in one line.</param>
/// <param name="Severity">How much it matters. Default: <see cref="Severity.Error"/>.</param>
public sealed record ProblemCode(string Code, string Meaning, string ToDo, Severity Severity = Severity.Error)
{
    /// <summary>A problem of this code.</summary>
    public Problem Of(string message, string? help = null) => new(Code, message, help) { Severity = Severity };

    /// <summary>The codes declared in the given assemblies, in alphabetical order.</summary>
    /// <exception cref="InvalidOperationException">Two declarations share a code.</exception>
    public static IReadOnlyList<ProblemCode> In(params IEnumerable<Assembly> assemblies)
    {
        var codes = new SortedDictionary<string, ProblemCode>(StringComparer.Ordinal);
        var declared =
            from assembly in assemblies
            from type in assembly.GetExportedTypes()
            where type is { IsAbstract: true, IsSealed: true }
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static)
            where property.PropertyType == typeof(ProblemCode)
            select (ProblemCode)property.GetValue(null)!; // a static property that declares a code is never null
        foreach (var code in declared)
        {
            if (!codes.TryAdd(code.Code, code))
                throw new InvalidOperationException($"The problem code '{code.Code}' is declared twice.");
        }

        return [.. codes.Values];
    }
}
