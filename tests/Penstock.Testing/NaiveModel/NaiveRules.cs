using System.Globalization;
using System.Text;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Regex = System.Text.RegularExpressions.Regex;
using RegexOptions = System.Text.RegularExpressions.RegexOptions;

namespace Penstock.Testing;

/// <summary>Whether a rule holds for a record, as its documentation says.</summary>
public sealed class NaiveRules(Model model, IReadOnlyDictionary<string, DataType> types, NaiveClock clock)
{
    public bool Holds(Rule rule, NaiveRow record) => rule switch
    {
        RuleSet { Rules.Count: 0 } => false,
        RuleSet set when set.Match == Match.All => set.Rules.All(part => Holds(part, record)),
        RuleSet set when set.Match == Match.Any => set.Rules.Any(part => Holds(part, record)),
        RuleSet set => !set.Rules.Any(part => Holds(part, record)),
        MembershipRule membership => Holds(model.Groups.Single(group => group.Id == membership.Group).Rule, record) == membership.IsMember,
        PropertyRule property => Holds(property, record[property.Property], types[property.Property]),
        _ => throw new NotSupportedException(),
    };

    private bool Holds(PropertyRule rule, object? value, DataType type)
    {
        if (rule.Operator == RuleOperator.IsNotEmpty)
            return !IsEmpty(value);
        if (rule.Operator == RuleOperator.IsEmpty)
            return IsEmpty(value);
        var name = rule.Operator.ToString();
        var isNegative = name.StartsWith("Not", StringComparison.Ordinal);
        var positive = isNegative ? Enum.Parse<RuleOperator>(name[3..]) : rule.Operator;
        if (type.IsArray)
            return ((List<object?>?)value ?? []).Exists(item => item is not null && Matches(rule, positive, item, type.Kind)) != isNegative;
        if (value is null)
            return rule.Operator == RuleOperator.NotExists;
        return Matches(rule, positive, value, type.Kind) != isNegative;
    }

    private static bool IsEmpty(object? value) => value is null or "" or List<object?> { Count: 0 };

    private bool Matches(PropertyRule rule, RuleOperator comparison, object value, DataKind kind)
    {
        if (comparison == RuleOperator.Exists)
            return true;
        if (rule.Span is { } span)
            return MatchesSpan(comparison, span, value);
        if (comparison == RuleOperator.In)
            return rule.Values.Any(item => Compare(value, item, kind) == 0);
        var first = rule.Values[0];
        return comparison switch
        {
            RuleOperator.Equals => Compare(value, first, kind) == 0,
            RuleOperator.GreaterThan => Compare(value, first, kind, asMoment: true) > 0,
            RuleOperator.AtLeast => Compare(value, first, kind, asMoment: true) >= 0,
            RuleOperator.LessThan => Compare(value, first, kind, asMoment: true) < 0,
            RuleOperator.AtMost => Compare(value, first, kind, asMoment: true) <= 0,
            RuleOperator.Between => Compare(value, first, kind, asMoment: true) >= 0 && Compare(value, rule.Values[1], kind) <= 0,
            _ => MatchesText(comparison, (string)value, first.ToString()),
        };
    }

    private bool MatchesSpan(RuleOperator comparison, RelativeSpan span, object value)
    {
        object before, now, after;
        if (value is DateOnly)
            (before, now, after) = (clock.DayAway(span, -1), clock.Today, clock.DayAway(span, 1));
        else
            (before, now, after) = (clock.Away(span, -1), clock.Now, clock.Away(span, 1));
        int Against(object other) => NaiveOrder.Instance.Compare(value, other);
        return comparison switch
        {
            RuleOperator.Within => Against(before) > 0 && Against(now) <= 0,
            RuleOperator.OlderThan => Against(before) <= 0,
            RuleOperator.WithinNext => Against(now) >= 0 && Against(after) < 0,
            RuleOperator.LaterThan => Against(after) >= 0,
            _ => throw new NotSupportedException(),
        };
    }

    // A day stands for its first moment, or (where it is compared as a whole) for all of them.
    private int Compare(object value, Value written, DataKind kind, bool asMoment = false)
    {
        var text = written.ToString();
        var invariant = CultureInfo.InvariantCulture;
        switch (value)
        {
            case bool boolean:
                return boolean.CompareTo(bool.Parse(text));
            case long or decimal:
                return Convert.ToDecimal(value, invariant).CompareTo(decimal.Parse(text, NumberStyles.Float, invariant));
            case double number:
                return number.CompareTo(double.Parse(text, invariant) + 0.0);
            case DateOnly day:
                return day.CompareTo(DateOnly.Parse(text, invariant));
            case DateTime moment when text.Length == 10:
                var start = DateOnly.Parse(text, invariant);
                if (asMoment)
                    return moment.CompareTo(clock.StartOf(start));
                return moment < clock.StartOf(start) ? -1 : moment < clock.StartOf(start.AddDays(1)) ? 0 : 1;
            case DateTime moment when text.EndsWith('Z'):
                return moment.CompareTo(DateTime.Parse(text, invariant, DateTimeStyles.AdjustToUniversal));
            case DateTime moment:
                return moment.CompareTo(clock.FirstAt(DateTime.Parse(text, invariant)));
            default:
                return NaiveOrder.Instance.Compare(value, text);
        }
    }

    private static bool MatchesText(RuleOperator comparison, string value, string wanted) => comparison switch
    {
        RuleOperator.Contains => value.Contains(wanted, StringComparison.Ordinal),
        RuleOperator.StartsWith => value.StartsWith(wanted, StringComparison.Ordinal),
        RuleOperator.EndsWith => value.EndsWith(wanted, StringComparison.Ordinal),
        RuleOperator.Like => Like([.. value.EnumerateRunes()], [.. wanted.EnumerateRunes()]),
        RuleOperator.Ilike => Like([.. value.ToLowerInvariant().EnumerateRunes()], [.. wanted.ToLowerInvariant().EnumerateRunes()]),
        RuleOperator.Matches => Regex.IsMatch(value, wanted, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)),
        _ => throw new NotSupportedException(),
    };

    private static bool Like(ReadOnlySpan<Rune> text, ReadOnlySpan<Rune> pattern)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0].Value == '\\' && pattern.Length > 1 && (pattern[1].Value is '%' or '_' or '\\'))
            return !text.IsEmpty && text[0] == pattern[1] && Like(text[1..], pattern[2..]);
        return pattern[0].Value switch
        {
            '%' => Like(text, pattern[1..]) || (!text.IsEmpty && Like(text[1..], pattern)),
            '_' => !text.IsEmpty && Like(text[1..], pattern[1..]),
            _ => !text.IsEmpty && text[0] == pattern[0] && Like(text[1..], pattern[1..]),
        };
    }
}
