using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>One line of the documented table: what comes and what becomes of it. Each is executed by a test.</summary>
/// <param name="Type">The property's type.</param>
/// <param name="Given">What comes, as shown in the table.</param>
/// <param name="Travels">How it comes.</param>
/// <param name="Write">Gives it as a source does.</param>
/// <param name="Becomes">The value as text (an array as JSON); null when it becomes null.</param>
/// <param name="Reason">The row problem; null when there is none.</param>
public sealed record CoercionExample(
    DataType Type, string Given, Transport Travels, Action<IRowWriter> Write, string? Becomes, string? Reason);

/// <summary>
/// What becomes of every kind of value, for every type of property: the documentation, and at the same time what the tests execute.
/// </summary>
public static class CoercionTable
{
    /// <summary>The rules that the examples are read by.</summary>
    public static CoercionRules Rules { get; } = new()
    {
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"),
        DefaultCountry = "US",
    };

    /// <summary>All lines, in the order of the types.</summary>
    public static IReadOnlyList<CoercionExample> Examples { get; } =
        [.. CoercionExamples.Scalars, .. CoercionExamples.Times, .. CoercionExamples.Texts, .. CoercionExamples.Documents];

    /// <summary>The page <c>docs/reference/types.md</c>.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Types, and how values become them

            A property's type is the one of its column, unless the configuration says otherwise. Whatever comes is turned into it *exactly
            or not at all*: a value that can't be becomes null, is counted, and a few samples are shown after the run. The good values of
            the row go on. A row whose primary key (or join column) can't be read belongs to no record: it is left out, and counted.

            Null stays null. An empty text is null as well, unless the source says `empty_is_null: false`; for all types but string, so is a
            text of spaces only, and spaces around a value do not count.

            The examples are read with `time_zone: America/New_York` and `default_country: US`.


            """);
        foreach (var group in Examples.GroupBy(example => example.Type.IsArray ? "arrays" : example.Type.ToString()))
        {
            page.Append("## ").Append(group.Key).Append("\n\n").Append(Notes(group.Key)).Append("\n\n");
            page.Append("| comes | becomes |\n|---|---|\n");
            foreach (var example in group)
                page.Append("| ").Append(Cell(example)).Append(" | ").Append(Outcome(example)).Append(" |\n");
            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Cell(CoercionExample example)
    {
        var type = example.Type.IsArray ? $"{example.Type}: " : "";
        return type + example.Given.Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Outcome(CoercionExample example) => example switch
    {
        { Reason: { } reason } => $"null, problem *{reason}*",
        { Becomes: { } text } => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`",
        _ => "null",
    };

    private static string Notes(string type) => type switch
    {
        "boolean" => "`true`, `t`, `yes`, `y`, `on`, `1` and their opposites, in any case; of numbers, 1 and 0.",
        "integer" => "A whole number of 64 bits, from −9,223,372,036,854,775,808 to 9,223,372,036,854,775,807. Never cut, never rounded.",
        "decimal" =>
            "An exact number of at most 28 digits, 9 of them after the point. Further digits after the point are rounded half away "
            + "from zero; a double is taken by the shortest text that means it.",
        "float" => "A double: the nearest one to the number that comes. NaN and infinity are problems.",
        "date" => "A calendar day, years 1 to 9999. A point in time is the day that the source's zone had then.",
        "timestamp" =>
            "A point in time to the microsecond (what is finer is cut off), kept in UTC, years 1 to 9999. ISO 8601 text, with `T` or "
            + "a space, with or without seconds, fraction and offset. A time without zone is one of the source's zone: when the clocks are "
            + "set "
            + "back and show it twice, the first of the two; when they are set forward and skip it, the moment at which they would have "
            + "shown it.",
        "string" => "Any Unicode text of any length. Numbers as they are written, times in ISO 8601; a time without zone stays without.",
        "email" => "One `@`, a name and a domain with a dot, at most 254 bytes; spaces around it go, upper and lower case stay.",
        "url" => "An absolute `http` or `https` address. Scheme and host become lower case; path and query stay as they are.",
        "phone" =>
            "Checked by libphonenumber and written as E.164. A number without country code is one of the project's `default_country`. "
            + "An extension is left out.",
        "json" =>
            "A JSON document, kept without the spaces and escapes that do not matter; members keep their order, numbers their digits.",
        _ => "A JSON array whose elements are read like single values of the type. Nulls in it are left out; one bad element makes the "
            + "whole "
            + "array null.",
    };
}
