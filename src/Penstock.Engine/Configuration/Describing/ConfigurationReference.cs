using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>The reference of configuration files, as Markdown, written from the declarations that reading uses.</summary>
public static class ConfigurationReference
{
    /// <summary>The page <c>docs/reference/configuration.md</c>.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Configuration reference

            <!-- Written by `penstock docs` from the declarations in the code. Don't edit. -->

            A project is a folder. Every `*.yaml`, `*.yml` and `*.json` file below it is part of the project, except in
            folders whose name begins with a dot, in `node_modules`, `bin` and `obj`, and what `ignore:` in `penstock.yaml`
            lists. A file holds one thing (it begins with `project:`, `app:`, `model:` or `destination:`), a list of things,
            several YAML documents, or the keys `apps:`, `models:` and `destinations:`. Files are UTF-8, at most 1 MiB each;
            YAML anchors and aliases are not used.

            Ids (of apps, models, sources, properties, groups and destinations) begin with a letter and hold letters, digits
            and underscores, 60 at most. Upper and lower case count as the same.

            Options of apps and destinations may refer to secrets: `${env:NAME}` is an environment variable, `${file:PATH}`
            the content of a file, relative to the project folder, `${secret:NAME}` a secret that Penstock keeps encrypted
            (`penstock secret set NAME`). A reference may be a part of a text; `$$` stands for a dollar sign. Put texts with
            references between quotes.


            """);
        foreach (var set in ConfigurationKeys.All)
            Set(page, set);
        Types(page);
        Operators(page);
        Conversions(page);
        return page.Replace("\r\n", "\n").ToString().TrimEnd('\n') + "\n";
    }

    private static void Set(StringBuilder page, KeySet set)
    {
        page.Append($"## {Title(set.Id)}\n\n{set.Intro}\n\n| key | takes | meaning |\n|---|---|---|\n");
        foreach (var key in set.Keys)
            page.Append($"| `{key.Name}`{(key.Required ? " (required)" : "")} | {key.Shape.Words} | {key.Help} |\n");
        if (set == ConfigurationKeys.Rule)
            page.Append(
                "\nSeveral conditions in one rule hold together. Which operators fit which types is said under [Operators](#operators).\n");
        if (set == ConfigurationKeys.GroupMapping)
            page.Append("\nThe forms of each kind of destination are on its connector's page.\n");
        page.Append('\n');
    }

    private static string Title(string id)
    {
        var words = id.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static void Types(StringBuilder page)
    {
        page.Append("## Types\n\nAn array of any of them is written with brackets: `string[]`.\n\n| type | holds |\n|---|---|\n");
        foreach (var (word, kind) in DataType.Words)
            page.Append($"| `{word}` | {Meaning(kind)} |\n");
        page.Append('\n');
    }

    private static string Meaning(DataKind kind) => kind switch
    {
        DataKind.Boolean => "true or false",
        DataKind.Integer => "a whole number of 64 bits",
        DataKind.Decimal => "an exact number, 29 digits before and 9 after the point",
        DataKind.Float => "a number of double precision",
        DataKind.Date => "a day",
        DataKind.Timestamp => "an instant in UTC, to the microsecond",
        DataKind.String => "text",
        DataKind.Email => "an e-mail address",
        DataKind.Url => "an absolute web address",
        DataKind.Phone => "a phone number, in E.164 form",
        _ => "a JSON document",
    };

    private static void Operators(StringBuilder page)
    {
        page.Append(
            """
            ## Operators

            On an array, a rule holds when any element satisfies it; a negative operator (`not_…`) when no element satisfies
            the positive one. On a single value, no operator but `not_exists` and `is_empty` holds for null. Lengths such as
            `60 days` count minutes, hours, days, weeks, months, quarters or years: days and longer by the calendar in the
            project's time zone.

            | operator | fits | meaning |
            |---|---|---|

            """);
        foreach (var operation in Enum.GetValues<RuleOperator>())
        {
            var fits = DataType.Words.Where(pair => RuleOperators.Fits(operation, pair.Value)).Select(pair => pair.Key).ToList();
            page.Append(
                $"| `{RuleOperators.Word(operation)}` | {(fits.Count == DataType.Words.Count ? "all types" : string.Join(", ", fits))} "
                    + $"| {RuleOperators.Meaning(operation)} |\n");
        }

        page.Append("\n`after` and `before` are other words for `greater_than` and `less_than`.\n\n");
    }

    private static void Conversions(StringBuilder page)
    {
        page.Append("## Conversions\n\nWhat a property of a type can be sent as. A field that takes anything takes every type; ")
            .Append("an array becomes an array.\n\n| property | field |\n|---|---|\n");
        foreach (var (word, kind) in DataType.Words)
        {
            var targets = TypeConversions.For(kind).Select(to => DataType.Of(to).ToString()).ToList();
            page.Append($"| `{word}` | {(targets.Count == DataType.Words.Count ? "all types" : string.Join(", ", targets))} |\n");
        }
    }
}
