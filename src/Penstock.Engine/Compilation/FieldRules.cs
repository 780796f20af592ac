using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>The rules that a destination declares for its fields, as conditions that find the rows which break them.</summary>
public static class FieldRules
{
    /// <summary>A rule that a row can break.</summary>
    /// <param name="Breaks">True for a row that breaks it; <c>NULL</c> values break none.</param>
    /// <param name="Message">Why the row is refused, naming the field.</param>
    public sealed record FieldRule(Sql Breaks, string Message);

    /// <summary>
    /// The rules of a known field for a value held in <paramref name="value"/>, which travels in <paramref name="type"/>.
    /// </summary>
    public static IEnumerable<FieldRule> Of(Field field, Sql value, DataType type)
    {
        if (!type.IsText)
            yield break;
        if (field.MaxLength is { } characters)
            yield return new(Longer(value, characters), TooLong(field.Name, characters, "characters"));
        if (field.MaxBytes is { } bytes)
            yield return new(Sql.Of($"strlen({value}) > {(long)bytes}"), TooLong(field.Name, bytes, "bytes"));
        if (field.Allowed.Count > 0)
            yield return new(Outside(value, field.Allowed),
                $"{field.Name} {field.RuleInWords ?? "must be one of " + Listed(field.Allowed)}.");
        if (field.Pattern is { } pattern)
            yield return new(Unlike(value, pattern),
                $"{field.Name} {field.RuleInWords ?? "does not have the form that the destination takes"}.");
    }

    /// <summary>The rules of a custom field.</summary>
    public static IEnumerable<FieldRule> Of(CustomFields custom, string name, Sql value, DataType type)
    {
        if (type.IsText && custom.MaxTextLength is { } characters)
            yield return new(Longer(value, characters), TooLong(name, characters, "characters"));
    }

    private static Sql Longer(Sql value, int characters) => Sql.Of($"length({value}) > {(long)characters}");

    private static Sql Outside(Sql value, IReadOnlyList<string> allowed) =>
        Sql.Of($"{value} NOT IN ({Sql.Join(", ", allowed.Select(word => Sql.Of($"{Value.Of(word)}")))})");

    private static Sql Unlike(Sql value, string pattern) => Sql.Of($"NOT regexp_full_match({value}, {Value.Of(pattern)})");

    private static string TooLong(string field, int limit, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{field} is longer than {limit} {unit}.");

    private static string Listed(IReadOnlyList<string> words) =>
        words.Count <= 12 ? string.Join(", ", words) : string.Join(", ", words.Take(12)) + ", …";
}
