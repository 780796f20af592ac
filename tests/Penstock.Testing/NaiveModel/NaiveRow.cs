using System.Text;
using Penstock.Contract;

namespace Penstock.Testing;

/// <summary>One row: bool, long, decimal, double, DateOnly, DateTime (UTC), string, List&lt;object?&gt; or null by column.</summary>
public sealed class NaiveRow(IReadOnlyDictionary<string, object?> values)
{
    public object? this[string column] => values[column];

    public IReadOnlyDictionary<string, object?> Values => values;
}

/// <summary>Orders values as databases do: null last, text by its bytes, lists by their elements.</summary>
public sealed class NaiveOrder : IComparer<object?>
{
    public static NaiveOrder Instance { get; } = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)),
        (List<object?> left, List<object?> right) => CompareLists(left, right),
        _ => Comparer<object>.Default.Compare(x, y),
    };

    public static bool Same(object? x, object? y) => x is not null && y is not null && Instance.Compare(x, y) == 0;

    private static int CompareLists(List<object?> left, List<object?> right)
    {
        for (var index = 0; index < Math.Min(left.Count, right.Count); index++)
        {
            if (Instance.Compare(left[index], right[index]) is var order and not 0)
                return order;
        }

        return left.Count.CompareTo(right.Count);
    }

    /// <summary>What a rule's or filter's value is.</summary>
    public static object Plain(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.Boolean,
        ValueKind.Integer => value.Integer,
        ValueKind.Decimal => value.Decimal,
        ValueKind.Float => value.Float,
        ValueKind.Date => value.Date,
        ValueKind.Timestamp => value.Timestamp,
        _ => value.ToString(),
    };
}
