using System.Text;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Common;

/// <summary>One row of the table that the property test makes up.</summary>
internal sealed record Row(int Id, int? Owner, int? Number, string? Word, DateTime? At);

/// <summary>What a selection means, in plain LINQ. Gives each row as texts, null as NULL, sorted.</summary>
internal static class NaiveSelection
{
    public static IReadOnlyList<string> Run(IEnumerable<Row> rows, SourceSelection selection)
    {
        var kept = rows.Where(row => selection.Filters.All(filter => Holds(filter, Get(row, filter.Column)))).ToList();
        var results = selection.IsAggregated
            ? kept.Where(row => row.Owner is not null).GroupBy(row => row.Owner)
                .Select(group => Output(group.Key!.Value, [.. group], selection))
            : kept.Select(row => Line([row.Owner, .. selection.Columns.Select(column => Get(row, column.Column))]));
        return [.. results.Order(StringComparer.Ordinal)];
    }

    /// <summary>One form for what the databases write differently: numbers to 6 places, times to seconds.</summary>
    public static string Text(object? value) => value switch
    {
        null => "NULL",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss"),
        int or long or double or decimal => Math.Round(Convert.ToDecimal(value), 6).ToString("0.######"),
        IEnumerable<object> list => "[" + string.Join(",", list.Select(Text)) + "]",
        _ => "'" + value + "'",
    };

    /// <summary>The same for what came from a source.</summary>
    public static string Text(Value value) => value.Kind switch
    {
        ValueKind.Null => "NULL",
        ValueKind.Integer => Text(value.Integer),
        ValueKind.Decimal => Text(value.Decimal),
        ValueKind.Float => Text(value.Float),
        ValueKind.Timestamp => Text(value.Timestamp),
        ValueKind.Json => Text(JsonDocument.Parse(value.Json).RootElement.EnumerateArray()
            .Select(item => item.ValueKind == JsonValueKind.Number ? (object)item.GetDecimal() : item.GetString()!)), // no nulls in lists
        _ => Text((object)value.Text),
    };

    public static string Line(IEnumerable<object?> values) => string.Join(" | ", values.Select(Text));

    private static string Output(int owner, IReadOnlyList<Row> rows, SourceSelection selection) => Line(
        [owner, .. selection.Columns.Select(column => Aggregate(column, rows)),
            .. selection.RowCountName is null ? [] : new object?[] { rows.Count }]);

    private static object? Aggregate(SelectedColumn column, IReadOnlyList<Row> rows)
    {
        var values = rows.Select(row => Get(row, column.Column)).OfType<object>().ToList();
        return column.Aggregate switch
        {
            AggregateKind.Exact => values.Count == 0 ? null : values[0],
            AggregateKind.Sum => values.Count == 0 ? null : values.Sum(value => (int)value),
            AggregateKind.Average => values.Count == 0 ? null : values.Average(value => (decimal)(int)value),
            AggregateKind.Count => values.Count,
            AggregateKind.CountDistinct => values.Distinct().Count(),
            AggregateKind.Min => values.Order(Comparer).FirstOrDefault(),
            AggregateKind.Max => values.OrderDescending(Comparer).FirstOrDefault(),
            AggregateKind.List => List(column, rows),
            _ => First(column, rows),
        };
    }

    private static object? First(SelectedColumn column, IReadOnlyList<Row> rows)
    {
        var dated = rows.Where(row => row.At is not null).ToList();
        if (dated.Count == 0)
            return null;
        var at = column.Aggregate == AggregateKind.Latest ? dated.Max(row => row.At) : dated.Min(row => row.At);
        return dated.Where(row => row.At == at).Select(row => Get(row, column.Column)).OfType<object>().OrderDescending(Comparer)
            .FirstOrDefault();
    }

    private static List<object>? List(SelectedColumn column, IReadOnlyList<Row> rows)
    {
        var given = rows.Where(row => Get(row, column.Column) is not null);
        object Value(Row row) => Get(row, column.Column)!; // filtered above
        var ordered = (column.By, column.Descending) switch
        {
            (null, false) => given.OrderBy(Value, Comparer),
            (null, true) => given.OrderByDescending(Value, Comparer),
            (_, false) => given.OrderBy(row => row.At is null).ThenBy(row => row.At).ThenBy(Value, Comparer),
            (_, true) => given.OrderBy(row => row.At is null).ThenByDescending(row => row.At).ThenBy(Value, Comparer),
        };
        var list = ordered.Select(Value).Take(column.Limit).ToList();
        return list.Count == 0 ? null : list;
    }

    private static bool Holds(SourceFilter filter, object? value)
    {
        if (filter.Operator is FilterOperator.Exists or FilterOperator.NotExists)
            return value is null == (filter.Operator == FilterOperator.NotExists);
        if (value is null)
            return false;
        var others = filter.Values.Select(Plain).ToList();
        var order = Comparer.Compare(value, others[0]);
        return filter.Operator switch
        {
            FilterOperator.Equal => order == 0,
            FilterOperator.NotEqual => order != 0,
            FilterOperator.GreaterThan => order > 0,
            FilterOperator.AtLeast => order >= 0,
            FilterOperator.LessThan => order < 0,
            FilterOperator.AtMost => order <= 0,
            FilterOperator.Contains => ((string)value).Contains((string)others[0], StringComparison.Ordinal),
            FilterOperator.NotContains => !((string)value).Contains((string)others[0], StringComparison.Ordinal),
            FilterOperator.In => others.Contains(value),
            _ => !others.Contains(value),
        };
    }

    private static object Plain(Value value) => value.Kind switch
    {
        ValueKind.Integer => (int)value.Integer,
        ValueKind.Timestamp => value.Timestamp,
        _ => value.Text,
    };

    private static object? Get(Row row, string column) => column switch
    {
        "id" => row.Id,
        "owner" => row.Owner,
        "number" => row.Number,
        "word" => row.Word,
        _ => row.At,
    };

    // Text in the order of its UTF-8 bytes, as the databases have it: .NET's ordinal order puts emoji before some letters.
    private static Comparer<object> Comparer { get; } = Comparer<object>.Create((a, b) => a is string x && b is string y
        ? Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y))
        : ((IComparable)a).CompareTo(b));
}
