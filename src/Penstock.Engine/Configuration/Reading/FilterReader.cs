using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads the conditions on a source's columns.</summary>
internal sealed class FilterReader(Scope scope)
{
    public IReadOnlyList<SourceFilter> Read(MapReader source)
    {
        var filters = new List<SourceFilter>();
        var number = 0;
        foreach (var item in source.List("where"))
        {
            if (item is MapNode map)
                ReadOne(new MapReader(map, ConfigurationKeys.Filter, $"{source.At("where")}[{number}]", scope.Findings), filters);
            else
                source.Invalid("where", item, "a list of maps such as `{ column: state, equals: successful }`");
            number++;
        }

        return filters;
    }

    private void ReadOne(MapReader map, List<SourceFilter> filters)
    {
        var column = map.Required("column", "Name the column that is compared.") ?? "";
        var comparisons = map.Node.Entries.Where(entry => Filters.Words.ContainsKey(entry.Name)).ToList();
        if (comparisons.Count == 0 && !map.HasUnknown)
        {
            scope.Findings.Add(
                ConfigurationProblems.MissingKey, map.Node, map.Path, "The condition compares with nothing.",
                $"Add one of: {Suggestion.List([.. Filters.Words.Keys])}.");
        }

        foreach (var comparison in comparisons)
        {
            if (Filter(map, column, comparison) is { } filter)
                filters.Add(filter);
        }
    }

    private static SourceFilter? Filter(MapReader map, string column, Entry comparison)
    {
        var operation = Filters.Words[comparison.Name];
        switch (operation)
        {
            case FilterOperator.Exists or FilterOperator.NotExists:
                if (map.Boolean(comparison.Name) is { } flag)
                    return new(column, flag == (operation == FilterOperator.Exists) ? FilterOperator.Exists : FilterOperator.NotExists, []);
                if (map.Find(comparison.Name) is null)
                    map.Invalid(comparison.Name, comparison.Key, "true or false");
                return null;
            case FilterOperator.In or FilterOperator.NotIn:
                if (comparison.Value is ListNode { Items: [_, ..] } list && list.Items.All(item => item is ScalarNode { IsNull: false }))
                    return new(column, operation, [.. list.Items.Cast<ScalarNode>().Select(item => item.ToValue())]);
                map.Invalid(comparison.Name, comparison.Value, "a list of values");
                return null;
            default:
                if (comparison.Value is ScalarNode { IsNull: false } scalar)
                    return new(column, operation, [scalar.ToValue()]);
                map.Invalid(comparison.Name, comparison.Value, "a value; for null write `exists: false`");
                return null;
        }
    }
}
