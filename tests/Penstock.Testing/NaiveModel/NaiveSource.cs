using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Testing;

/// <summary>What a source gives: filters and aggregates over lists.</summary>
public static class NaiveSource
{
    /// <summary>One row per row, or per key when anything is aggregated: the keys as <c>_key_1</c>, …, then the properties.</summary>
    public static IReadOnlyList<NaiveRow> Read(
        Model model, Source source, IReadOnlyList<string> keys, IReadOnlyList<NaiveRow> table, IReadOnlyDictionary<string, DataType> types)
    {
        var rows = table.Where(row => source.Where.All(filter => Passes(row[filter.Column], filter))).ToList();
        var columns = model.Properties.Where(property => property.Source == source.Name).Select(property => property.Column!).ToList();
        if (columns.TrueForAll(column => column.Aggregate == AggregateKind.Exact))
            return [.. rows.Select(row => Row(keys.Select(key => row[key]), columns.Select(column => (column.Name, row[column.Column]))))];
        return
        [
            .. rows.Where(row => keys.All(key => row[key] is not null))
                .GroupBy(row => string.Join('\u0001', keys.Select(key => row[key])))
                .Select(group => Row(
                    keys.Select(key => group.First()[key]),
                    columns.Select(column => (column.Name, Aggregate([.. group], column, types[column.Name]))))),
        ];
    }

    private static NaiveRow Row(IEnumerable<object?> keys, IEnumerable<(string Name, object? Value)> values)
    {
        var row = new Dictionary<string, object?>();
        foreach (var (key, number) in keys.Select((key, index) => (key, index + 1)))
            row[$"_key_{number}"] = key;
        foreach (var (name, value) in values)
            row[name] = value;
        return new NaiveRow(row);
    }

    private static bool Passes(object? value, SourceFilter filter)
    {
        var wanted = filter.Values.Select(NaiveOrder.Plain).ToList();
        if (filter.Operator == FilterOperator.NotExists)
            return value is null;
        if (value is null)
            return false;
        int Compared() => NaiveOrder.Instance.Compare(value, wanted[0]);
        return filter.Operator switch
        {
            FilterOperator.Exists => true,
            FilterOperator.Equal => Compared() == 0,
            FilterOperator.NotEqual => Compared() != 0,
            FilterOperator.GreaterThan => Compared() > 0,
            FilterOperator.AtLeast => Compared() >= 0,
            FilterOperator.LessThan => Compared() < 0,
            FilterOperator.AtMost => Compared() <= 0,
            FilterOperator.Contains => value.ToString()!.Contains((string)wanted[0], StringComparison.Ordinal),
            FilterOperator.NotContains => !value.ToString()!.Contains((string)wanted[0], StringComparison.Ordinal),
            FilterOperator.In => wanted.Exists(item => NaiveOrder.Same(value, item)),
            _ => !wanted.Exists(item => NaiveOrder.Same(value, item)),
        };
    }

    private static object? Aggregate(List<NaiveRow> rows, SelectedColumn column, DataType type)
    {
        var values = rows.Select(row => row[column.Column]).Where(value => value is not null).ToList();
        var ordered = values.Order(NaiveOrder.Instance).ToList();
        switch (column.Aggregate)
        {
            case AggregateKind.Sum:
                var sum = values.Sum(value => Convert.ToDecimal(value));
                return type.Kind == DataKind.Integer ? (object)(long)sum : sum;
            case AggregateKind.Average:
                return values.Count == 0 ? null : (double)values.Sum(value => Convert.ToDecimal(value)) / values.Count;
            case AggregateKind.Count:
                return (long)values.Count;
            case AggregateKind.CountDistinct:
                return values.Distinct().LongCount();
            case AggregateKind.Min:
                return ordered.FirstOrDefault();
            case AggregateKind.Max:
                return ordered.LastOrDefault();
            case AggregateKind.List:
                return ListOf(rows, column);
            default:
                return EdgeOf(rows, column);
        }
    }

    private static object? EdgeOf(List<NaiveRow> rows, SelectedColumn column)
    {
        var by = column.By!; // has one
        var timed = rows.Where(row => row[by] is not null).OrderBy(row => row[by], NaiveOrder.Instance).ToList();
        if (timed.Count == 0)
            return null;
        var edge = (column.Aggregate == AggregateKind.Latest ? timed[^1] : timed[0])[by];
        return timed.Where(row => NaiveOrder.Same(row[by], edge))
            .Select(row => row[column.Column])
            .Where(value => value is not null)
            .Order(NaiveOrder.Instance)
            .LastOrDefault();
    }

    private static List<object?>? ListOf(List<NaiveRow> rows, SelectedColumn column)
    {
        var by = column.By ?? column.Column;
        var present = rows.Where(row => row[column.Column] is not null).ToList();
        var timed = present.Where(row => row[by] is not null).ToList();
        var sorted = column.Descending
            ? timed.OrderByDescending(row => row[by], NaiveOrder.Instance)
            : timed.OrderBy(row => row[by], NaiveOrder.Instance);
        var list = sorted.ThenBy(row => row[column.Column], NaiveOrder.Instance)
            .Concat(present.Except(timed).OrderBy(row => row[column.Column], NaiveOrder.Instance))
            .Select(row => row[column.Column])
            .Take(column.Limit)
            .ToList();
        return list.Count == 0 ? null : list;
    }
}
