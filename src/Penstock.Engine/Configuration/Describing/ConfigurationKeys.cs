using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Every key that a configuration can have. Reading, the JSON Schema and the reference are made from these.</summary>
internal static class ConfigurationKeys
{
    public static KeySet Project { get; } = new("project", "at the top of a file",
        "The file that names the project, usually `penstock.yaml`. Any file may also hold `apps:`, `models:` and `destinations:`.",
        [
            new("project", Shape.Text, "The project's name.") { Required = true },
            new(
                "time_zone", Shape.Text,
                "The zone in which days begin and relative dates count, such as `America/Sao_Paulo`. Default `UTC`."),
            new(
                "default_country", Shape.Text,
                "The ISO 3166 country of phone numbers without a country code, such as `BR`. Default: none."),
            new("ignore", Shape.Text.List(), "Files that are not configuration, as globs (`data/**`). Only in `penstock.yaml`."),
            .. Sections(),
        ]);

    public static KeySet Section { get; } = new("section", "at the top of a file", "A file that holds several things.", [.. Sections()]);

    public static KeySet App { get; } = new("app", "in an app",
        "A connection. Besides `type:` it takes the options of its connector, side by side; `penstock connectors NAME` lists them.",
        [
            new("app", Shape.Id, "The app's id, where it isn't the key of `apps:`."),
            new("type", Shape.Text, "The connector's type.") { Required = true },
        ]);

    public static KeySet Model { get; } = new("model", "in a model", "The thing synced: one record per primary key.",
        [
            new("model", Shape.Id, "The model's id, where it isn't the key of `models:`."),
            new("name", Shape.Text, "What people read. Default: the id."),
            new("sources", Shape.Of("source").List().Or(Shape.Of("source").Map("name")),
                "Where the data comes from: one primary source, any number of secondary ones.") { Required = true },
            new("properties", Shape.Of("calculation").Map("property"), "Calculated properties."),
            new("groups", Shape.Of("group").Map("group"), "The groups."),
            new(
                "identity", Shape.Id,
                "A property that stays the same when the primary key changes; a changed key then is a rename, where the destination can."),
            new("display", Shape.Id, "The property that names records in lists, such as `email`. Default: their keys."),
            new("schedule", Shape.Of("schedule"), "When it runs by itself. Default: by hand or through the API only."),
        ]);

    public static KeySet Schedule { get; } = new("schedule", "in a schedule",
        "When a model runs by itself under `penstock serve`: one of these keys. A time that was missed runs once.",
        [
            new("every", Shape.Text with { Words = "length such as `15 minutes`" },
                "`15 minutes`, `2 hours`, `1 day`: at regular times, from midnight in the project's zone where the length divides a day."),
            new("cron", Shape.Text,
                "Five fields (minute, hour, day of the month, month, day of the week), in the project's zone: `0 6 * * 1-5`."),
            new("after", Shape.Id, "Another model: after each of its runs that went through."),
            new("when_changed", Shape.Of("change"), "When the answer of a query differs from the last time."),
        ]);

    public static KeySet Change { get; } = new("change", "in `when_changed:`", "A query whose answer changes with the data.",
        [
            new("app", Shape.Id, "The app that is asked.") { Required = true },
            new("query", Shape.Text, "The query, such as `SELECT max(updated_at) FROM users`. Only read; its first 1,000 rows count.")
            {
                Required = true,
            },
            new("every", Shape.Text with { Words = "length such as `5 minutes`" }, "How often it is asked.") { Required = true },
        ]);

    public static KeySet Source { get; } = new("source", "in a source",
        "A table or a query. The primary source has a `primary_key:` and gives one record per row; a secondary source has a `join:`.",
        [
            new("name", Shape.Id, "Its name within the model. Default: the table's."),
            new("app", Shape.Id, "The app it is read from. Default: the primary source's, or the only app that can be read from."),
            new("table", Shape.Text, "The table: `users`, `schema.users`, `\"odd.name\"`."),
            new("query", Shape.Text, "A SELECT of your own, instead of `table:`."),
            new("primary_key", Shape.Text.Or(Shape.Text.List()), "The column, or columns, that name a record. Only on the primary source."),
            new("join", Shape.Id.Map("column"), "Which of its columns equal which properties of the model. Only on a secondary source."),
            new("where", Shape.Of("filter").List(), "Conditions on its columns; all of them hold."),
            new("properties", Shape.Of("property").Map("property"), "The properties it gives."),
            new("time_zone", Shape.Text, "The zone of times that name none. Default `UTC`."),
            new("empty_is_null", Shape.Boolean, "Whether an empty text counts as null. Default `true`."),
            new("timeout", Shape.Text, "How long its statement may run: `30s`, `5m`. Default: the app's."),
        ]);

    public static KeySet Filter { get; } = new("filter", "in a condition of `where:`", "A column and one comparison.",
        [new("column", Shape.Text, "The column.") { Required = true }, .. Filters.Words.Keys.Select(FilterKey)]);

    public static KeySet Property { get; } = new("property", "in a property",
        "A column's name for short, or a map: `{ column: email, type: email }`, `{ sum: price }`, `{ latest: category, by: created_at }`.",
        [
            new("column", Shape.Text, "The column, read as it is."),
            .. Aggregates.Words.Where(pair => pair.Key != "exact").Select(
                pair => new Key(pair.Key, Shape.Text, Aggregates.Meaning(pair.Value))),
            new("exact", Shape.Text, "The same as `column:`."),
            new("by", Shape.Text, "The column that orders the rows, for `earliest`, `latest` and `list`."),
            new("limit", Shape.Whole, "The most elements of a `list`, 1 to 10,000. Default 100."),
            new("order", Shape.OneOf("asc", "desc"), "Where a `list` begins. Default `asc`."),
            new("type", Types(), "The type. Default: the column's."),
        ]);

    public static KeySet Calculation { get; } = new("calculation", "in a calculated property", "The expression for short, or a map.",
        [
            new("expression", Shape.Text, "A scalar SQL expression over other properties, in DuckDB's dialect.") { Required = true },
            new("type", Types(), "The type. Default: the expression's."),
        ]);

    public static KeySet Group { get; } = new("group", "in a group", "Records that satisfy rules. A list of rules for short means `all:`.",
        [new("name", Shape.Text, "What people read. Default: the id."), .. Sets()]);

    public static KeySet Rule { get; } = new("rule", "in a rule",
        "A property with one or several comparisons, membership of another group, or rules again.",
        [
            new("property", Shape.Id, "The property compared."),
            .. RuleOperators.Words.Select(RuleKey),
            new("member_of", Shape.Id, "Holds for members of that group."),
            new("not_member_of", Shape.Id, "Holds for records that are not members of that group."),
            .. Sets(),
        ]);

    public static KeySet Destination { get; } = new("destination", "in a destination", "One way of sending a model's records to an app.",
        [
            new("destination", Shape.Id, "The destination's id, where it isn't the key of `destinations:`."),
            new("name", Shape.Text, "What people read. Default: the id."),
            new("enabled", Shape.Boolean,
                "Whether runs serve it. Default `true`; `false` switches it off and leaves the far end as it is."),
            new("app", Shape.Id, "The app it sends to.") { Required = true },
            new("kind", Shape.Text, "The connector's kind of destination. Default: its first."),
            new("model", Shape.Id, "The model it sends.") { Required = true },
            new("group", Shape.Id, "Only this group's members are sent. Default: all records."),
            new("sync_mode", Shape.OneOf("sync", "additive", "enrich"),
                "`sync` adds, updates and removes; `additive` never removes; `enrich` only updates what exists there.") { Required = true },
            new("mapping", Shape.Of("field").Map("field"), "Destination field: property.") { Required = true },
            new("custom", Shape.Of("field").Map("name"), "Custom field: property."),
            new("groups", Shape.Of("group_mapping").List(), "How groups are shown at the far end."),
            new("removal", Shape.Text, "What removing a record means there; the connector's page lists the choices. Default: the first."),
            new("guards", Shape.Of("guards"), "When a run stops and waits for approval."),
            new("options", Shape.Anything, "The options of the destination's kind, where it has some."),
        ]);

    public static KeySet Field { get; } = new("field", "in a mapping", "A property for short, or a map.",
        [
            new("property", Shape.Id, "The property."),
            new("value", Shape.Anything, "A constant, instead of a property."),
            new("default", Shape.Anything, "What is sent where the property is null."),
            new("nulls", Shape.OneOf("clear", "keep"), "What null does: clears the field there, or leaves it as it is. Default `clear`."),
        ]);

    public static KeySet GroupMapping { get; } = new("group_mapping", "in a destination's group",
        "A group and how it is shown: `{ group: vip, segment_attribute: groups }`. The key is one of the forms of the destination's kind.",
        [
            new("group", Shape.Id, "The group.") { Required = true },
            new("leaving", Shape.Text, "What leaving means, where the form has a choice. Default: its first."),
            new("name", Shape.Text, "What people call the target, where it is only an id."),
        ]);

    public static KeySet Guards { get; } = new("guards", "in `guards:`", "Limits above which a run waits for approval.",
        [new("removals", Shape.Text, "The share of what is delivered that a run may remove: `10%`, or `0.1`. Default `10%`.")]);

    public static IReadOnlyList<KeySet> All { get; } =
        [
            Project, App, Model, Source, Filter, Property, Calculation, Group, Rule, Schedule, Change, Destination, Field, GroupMapping,
                Guards,
        ];

    private static Key[] Sections() =>
    [
        new("apps", Shape.Of("app").Map("id").Or(Shape.Of("app").List()), "Connections."),
        new("models", Shape.Of("model").Map("id").Or(Shape.Of("model").List()), "Models."),
        new("destinations", Shape.Of("destination").Map("id").Or(Shape.Of("destination").List()), "Destinations."),
    ];

    private static Key[] Sets() =>
    [
        new("all", Shape.Of("rule").List(), "Every one of these rules holds."),
        new("any", Shape.Of("rule").List(), "At least one of these rules holds."),
        new("none", Shape.Of("rule").List(), "None of these rules holds."),
    ];

    private static Shape Types() =>
        Shape.OneOf([.. DataType.Words.Keys, .. DataType.Words.Keys.Select(word => word + "[]")]) with { Words = "[type](#types)" };

    private static Key FilterKey(string word) => new(word, Filters.Words[word] switch
    {
        FilterOperator.Exists or FilterOperator.NotExists => Shape.Boolean,
        FilterOperator.In or FilterOperator.NotIn => Shape.Scalar.List(),
        _ => Shape.Scalar,
    }, Filters.Meaning(Filters.Words[word]));

    private static Key RuleKey(string word)
    {
        var operation = RuleOperators.Parse(word)!.Value; // one of its own words
        var shape = RuleOperators.OperandsOf(operation) switch
        {
            Operands.Flag => Shape.Boolean,
            Operands.Two or Operands.Many => Shape.Scalar.List(),
            Operands.Span => Shape.Text with { Words = "length such as `60 days`" },
            _ => Shape.Scalar,
        };
        return new(word, shape, word == JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.ToString())
            ? RuleOperators.Meaning(operation)
            : $"The same as `{RuleOperators.Word(operation)}:`, for dates.");
    }
}
