namespace Penstock.Server.Components.Pages.Data;

/// <summary>A function that calculated properties are often made with.</summary>
/// <param name="Group">What it works on.</param>
/// <param name="Text">How it is written.</param>
/// <param name="Help">What it gives, in a line.</param>
public sealed record Function(string Group, string Text, string Help);

/// <summary>The functions on offer; expressions may use more.</summary>
public static class Functions
{
    /// <summary>All of them, by group.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("Text", "concat_ws(' ', a, b)", "Joins texts, leaving out empty ones"),
        new("Text", "lower(a)", "In small letters"),
        new("Text", "upper(a)", "In capital letters"),
        new("Text", "trim(a)", "Without spaces at both ends"),
        new("Text", "split_part(a, '@', 2)", "A part of a text, such as the domain of an address"),
        new("Text", "replace(a, 'x', 'y')", "With one text replaced by another"),
        new("Text", "length(a)", "How many letters"),
        new("Choice", "coalesce(a, b)", "The first that has a value"),
        new("Choice", "CASE WHEN a > 100 THEN 'high' ELSE 'low' END", "One value or another"),
        new("Choice", "nullif(a, '')", "No value where it equals something"),
        new("Number", "round(a, 2)", "Rounded to decimals"),
        new("Number", "abs(a)", "Without its sign"),
        new("Number", "greatest(a, b)", "The larger one"),
        new("Number", "least(a, b)", "The smaller one"),
        new("Date", "date_trunc('month', a)", "The first day of its month"),
        new("Date", "date_part('year', a)", "Its year, month, day or hour"),
        new("Date", "date_diff('day', a, b)", "How many days from one to the other"),
        new("List", "len(a)", "How many elements"),
        new("List", "list_contains(a, 'x')", "Whether it holds a value"),
        new("List", "array_to_string(a, ', ')", "As one text"),
    ];
}
