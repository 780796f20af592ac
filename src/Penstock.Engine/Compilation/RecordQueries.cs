using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>Which records are wanted.</summary>
public sealed record RecordFilter
{
    /// <summary>Only the record of this key; null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Only members of this group; null for all.</summary>
    public string? Group { get; init; }

    /// <summary>The most records to give, smallest keys first. Default 10.</summary>
    public int Limit { get; init; } = 10;
}

/// <summary>Queries over built records, for people to look at.</summary>
public static class RecordQueries
{
    /// <summary>
    /// Records: the key, each property in the model's order, each group. Exact numbers, arrays and JSON come as text, so that no driver
    /// narrows them.
    /// </summary>
    public static Sql Select(CompiledModel compiled, RecordFilter filter)
    {
        var columns = compiled.Model.Properties.Select(property => Shown(property.Id, compiled.Types[property.Id]))
            .Concat(compiled.Model.Groups.Select(group => Sql.Of($"{Layout.Group(group.Id)}")))
            .Prepend(Sql.Of($"{Layout.Key}"));
        return Sql.Of($"""
            SELECT {Sql.Join(",\n       ", columns)}
            FROM {Layout.Records}
            WHERE {Condition(filter)}
            ORDER BY {Layout.Key}
            LIMIT {filter.Limit}
            """);
    }

    /// <summary>How many records there are, or members of the filter's group.</summary>
    public static Sql Count(RecordFilter filter) => Sql.Of($"SELECT count(*)\nFROM {Layout.Records}\nWHERE {Condition(filter)}");

    /// <summary>For one record, whether each rule holds: one column each.</summary>
    internal static Sql Holds(CompiledModel compiled, IReadOnlyList<PropertyRule> rules, string key)
    {
        var compiler = compiled.Rules;
        return Sql.Of($"""
            SELECT {Sql.Join(",\n       ", rules.Select(compiler.Compile))}
            FROM {Layout.Records}
            WHERE {Layout.Key} = CAST({Value.Of(key)} AS VARCHAR)
            """);
    }

    private static Sql Condition(RecordFilter filter)
    {
        var conditions = new List<Sql>();
        if (filter.Key is { } key)
            conditions.Add(Sql.Of($"{Layout.Key} = CAST({Value.Of(key)} AS VARCHAR)"));
        if (filter.Group is { } group)
            conditions.Add(Sql.Of($"{Layout.Group(group)}"));
        return conditions.Count == 0 ? Sql.Of($"TRUE") : Sql.Join("\n  AND ", conditions);
    }

    private static Sql Shown(string property, DataType type)
    {
        var column = Layout.Property(property);
        if (type.IsArray)
            return Sql.Of($"CAST(to_json({column}) AS VARCHAR) AS {column}");
        return type.Kind is DataKind.Decimal or DataKind.Json ? Sql.Of($"CAST({column} AS VARCHAR) AS {column}") : Sql.Of($"{column}");
    }
}
