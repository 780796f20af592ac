namespace Penstock.Server.Components.Pages.Data;

/// <summary>A function for calculated properties.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it is written: <c>round(number, 2)</c>; <c>‹›</c> marks where one goes on writing.</param>
/// <param name="Help">What it gives, in a line.</param>
public sealed record FunctionHelp(string Group, string Name, string Form, string Help)
{
    /// <summary>The ones that people need, by what they are about. All that the database has and that is safe can be written.</summary>
    public static IReadOnlyList<FunctionHelp> All { get; } =
    [
        new("Text", "||", "‹first› || ' ' || last", "Puts texts together."),
        new("Text", "lower", "lower(‹text›)", "Small letters."),
        new("Text", "upper", "upper(‹text›)", "Capital letters."),
        new("Text", "trim", "trim(‹text›)", "Without blanks at both ends."),
        new("Text", "left", "left(‹text›, 3)", "The first letters."),
        new("Text", "right", "right(‹text›, 3)", "The last letters."),
        new("Text", "length", "length(‹text›)", "How many letters."),
        new("Text", "replace", "replace(‹text›, 'old', 'new')", "Each old text by the new one."),
        new("Text", "split_part", "split_part(‹email›, '@', 2)", "A part between marks, counted from 1."),
        new("Text", "contains", "contains(‹text›, 'part')", "Whether it holds a text."),
        new("Text", "starts_with", "starts_with(‹text›, 'begin')", "Whether it begins with a text."),
        new("Text", "regexp_extract", "regexp_extract(‹text›, '[0-9]+')", "What a pattern finds."),
        new("Text", "concat", "concat(‹first›, ' ', last)", "Puts texts together and leaves out missing ones."),
        new("Numbers", "round", "round(‹number›, 2)", "Rounded to decimals."),
        new("Numbers", "floor", "floor(‹number›)", "The whole number below."),
        new("Numbers", "ceil", "ceil(‹number›)", "The whole number above."),
        new("Numbers", "abs", "abs(‹number›)", "Without its sign."),
        new("Numbers", "greatest", "greatest(‹one›, other)", "The largest of several."),
        new("Numbers", "least", "least(‹one›, other)", "The smallest of several."),
        new("Numbers", "nullif", "‹sum› / nullif(count, 0)", "None instead of dividing by zero."),
        new("Numbers", "cast", "CAST(‹text› AS DECIMAL(18, 2))", "A text read as a number."),
        new("Dates", "date_trunc", "date_trunc('month', ‹time›)", "The beginning of the month, week, day …"),
        new("Dates", "date_diff", "date_diff('day', ‹earlier›, later)", "How many days, months … lie between."),
        new("Dates", "date_part", "date_part('year', ‹time›)", "The year, month, hour … as a number."),
        new("Dates", "strftime", "strftime(‹time›, '%d.%m.%Y')", "Written as a text."),
        new("Dates", "dayname", "dayname(‹time›)", "The day of the week."),
        new("Dates", "monthname", "monthname(‹time›)", "The month's name."),
        new("Dates", "interval", "‹time› + INTERVAL 30 DAY", "Later by a length of time."),
        new("Choices", "case", "CASE WHEN ‹total› > 100 THEN 'big' ELSE 'small' END", "One value or another."),
        new("Choices", "coalesce", "coalesce(‹property›, 'unknown')", "The first that has a value."),
        new("Choices", "is null", "‹property› IS NULL", "Whether there is no value."),
        new("Choices", "in", "‹property› IN ('a', 'b')", "Whether it is one of several."),
        new("Choices", "between", "‹number› BETWEEN 1 AND 10", "Whether it lies between, both ends included."),
        new("Choices", "and", "‹one› AND other", "Whether both hold; OR, NOT likewise."),
        new("Lists", "len", "len(‹list›)", "How many elements."),
        new("Lists", "list_contains", "list_contains(‹list›, 'value')", "Whether it holds a value."),
        new("Lists", "list_sort", "list_sort(‹list›)", "In order."),
        new("Lists", "list_distinct", "list_distinct(‹list›)", "Each value once."),
        new("Lists", "array_to_string", "array_to_string(‹list›, ', ')", "As one text."),
        new("Lists", "string_split", "string_split(‹text›, ',')", "A text as a list."),
        new("Objects", "json_extract_string", "json_extract_string(‹object›, '$.name')", "A value of an object, as text."),
        new("Objects", "json_array_length", "json_array_length(‹object›)", "How many elements."),
    ];

    /// <summary>What is written where the cursor is.</summary>
    public string Text => Form.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal);

    /// <summary>Where in it one goes on writing: from where to where.</summary>
    public (int From, int To) Gap => (Form.IndexOf('‹', StringComparison.Ordinal), Form.IndexOf('›', StringComparison.Ordinal) - 1);
}
