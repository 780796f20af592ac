using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Compilation;

internal sealed partial class RandomCase
{
    private static readonly RuleOperator[] OnAll =
        [RuleOperator.Exists, RuleOperator.NotExists, RuleOperator.IsEmpty, RuleOperator.IsNotEmpty];

    private static readonly RuleOperator[] OnEquals = [RuleOperator.Equals, RuleOperator.NotEquals, RuleOperator.In, RuleOperator.NotIn];

    private static readonly RuleOperator[] OnOrder =
        [RuleOperator.GreaterThan, RuleOperator.AtLeast, RuleOperator.LessThan, RuleOperator.AtMost, RuleOperator.Between];

    private static readonly RuleOperator[] OnText =
    [
        RuleOperator.Contains, RuleOperator.NotContains, RuleOperator.StartsWith, RuleOperator.EndsWith, RuleOperator.Like,
        RuleOperator.NotLike, RuleOperator.Ilike, RuleOperator.NotIlike, RuleOperator.Matches, RuleOperator.NotMatches,
    ];

    private static readonly RuleOperator[] OnTime =
        [RuleOperator.Within, RuleOperator.OlderThan, RuleOperator.WithinNext, RuleOperator.LaterThan];

    private static readonly string[] Patterns =
        ["%", "_", "a%", "%B", "a_b", "a\\_b", "a\\%b", "b\\", "b\\\\", "%😀%", "É", "", "__", "%\\"];

    private static readonly string[] RegularExpressions = ["^a", "b$", "a.", "[0-9]+", "😀", "^$", "(a|é)"];

    private Rule RandomRule(int depth, List<Group> groups) => _random.Next(10) switch
    {
        < 3 when depth > 0 => new RuleSet(
            One(Enum.GetValues<Match>()),
            [.. Enumerable.Range(0, _random.Next(4)).Select(_ => RandomRule(depth - 1, groups))]),
        3 when groups.Count > 0 => new MembershipRule(One(groups).Id, _random.Next(2) == 0),
        _ => RandomComparison(),
    };

    private PropertyRule RandomComparison()
    {
        var property = One(_properties).Id;
        var type = _types[property];
        var kind = type.Kind;
        RuleOperator[] fitting = kind switch
        {
            DataKind.Boolean => [.. OnAll, .. OnEquals],
            DataKind.String => [.. OnAll, .. OnEquals, .. OnOrder, .. OnText, .. OnText],
            DataKind.Date or DataKind.Timestamp => [.. OnAll, .. OnEquals, .. OnOrder, .. OnTime, .. OnTime, .. OnTime],
            _ => [.. OnAll, .. OnEquals, .. OnOrder, .. OnOrder],
        };
        var comparison = One(fitting);
        var rule = new PropertyRule(property, comparison);
        if (OnTime.Contains(comparison))
            return rule with { Span = new RelativeSpan(_random.Next(4) * _random.Next(25), One(Enum.GetValues<RelativeUnit>())) };
        var count = comparison switch
        {
            RuleOperator.Between => 2,
            RuleOperator.In or RuleOperator.NotIn => _random.Next(4),
            _ when OnAll.Contains(comparison) => 0,
            _ => 1,
        };
        return rule with { Values = [.. Enumerable.Range(0, count).Select(_ => Written(comparison, kind))] };
    }

    private Value Written(RuleOperator comparison, DataKind kind)
    {
        if (comparison is RuleOperator.Matches or RuleOperator.NotMatches)
            return Value.Of(One(RegularExpressions));
        if (comparison is RuleOperator.Like or RuleOperator.NotLike or RuleOperator.Ilike or RuleOperator.NotIlike)
            return Value.Of(One([.. Patterns, .. Texts]));
        return kind switch
        {
            DataKind.Integer => One([Typed("n", kind), Value.Of(1.5m), Value.Of("7"), Value.Of(1e15m), Value.Of(79e27m)]),
            DataKind.Date => Value.Of(Typed("day", kind).ToString()),
            DataKind.Timestamp => One(
            [
                Value.Of(Typed("at", kind).ToString()),
                Value.Of(Day(_random.Next(-40, 40)).ToString("yyyy-MM-dd")),
                Value.Of(AsOf.UtcDateTime.AddHours(_random.Next(-30, 30)).ToString("yyyy-MM-dd HH:mm")),
            ]),
            _ => Typed("value", kind),
        };
    }
}
