using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>Comparisons of one value with constants, unknown for null.</summary>
internal sealed class Comparison(Sql subject, DataKind kind)
{
    /// <summary>A bound constant of a kind. The cast fixes its type before its value is known.</summary>
    public static Sql Literal(Value value, DataKind kind) =>
        Sql.Of($"CAST({value} AS {Layout.Type(kind == DataKind.Json ? DataKind.String : kind)})");

    public Sql Write(RuleOperator comparison, IReadOnlyList<RuleValue> values) => comparison switch
    {
        RuleOperator.Equals => IsEqual(values[0]),
        RuleOperator.GreaterThan => Ordered(">", values[0]),
        RuleOperator.AtLeast => Ordered(">=", values[0]),
        RuleOperator.LessThan => Ordered("<", values[0]),
        RuleOperator.AtMost => Ordered("<=", values[0]),
        RuleOperator.Between => Between(values[0], values[1]),
        _ => In(values),
    };

    private Sql IsEqual(RuleValue value) => value.End is { } end
        ? Sql.Of($"({subject} >= {Literal(value.Value, kind)} AND {subject} < {Literal(Value.Of(end), kind)})")
        : Ordered("=", value);

    // Both ends are included: of a day, the whole day.
    private Sql Between(RuleValue low, RuleValue high) => high.End is { } end
        ? Sql.Of($"({subject} >= {Literal(low.Value, kind)} AND {subject} < {Literal(Value.Of(end), kind)})")
        : Sql.Of($"({Ordered(">=", low)} AND {Ordered("<=", high)})");

    // No value is in an empty list; of null that stays unknown.
    private Sql In(IReadOnlyList<RuleValue> values)
    {
        if (values.Count == 0)
            return Sql.Of($"{subject} <> {subject}");
        return kind is DataKind.Timestamp or DataKind.Integer
            ? Sql.Of($"({Sql.Join(" OR ", values.Select(IsEqual))})")
            : Sql.Of($"{subject} IN ({Sql.Join(", ", values.Select(value => Literal(value.Value, kind)))})");
    }

    private Sql Ordered(string comparison, RuleValue value)
    {
        var sign = Sql.Trusted(comparison);
        if (kind != DataKind.Integer)
            return Sql.Of($"{subject} {sign} {Literal(value.Value, kind)}");
        var number = value.Value.Decimal;
        // A whole number may be compared with 1.5, or with more than it can hold: exactly, as an exact number.
        return decimal.IsInteger(number) && number >= long.MinValue && number <= long.MaxValue
            ? Sql.Of($"{subject} {sign} {Literal(Value.Of((long)number), kind)}")
            : Sql.Of($"CAST({subject} AS DECIMAL(38, 9)) {sign} {Literal(value.Value, DataKind.Decimal)}");
    }
}
