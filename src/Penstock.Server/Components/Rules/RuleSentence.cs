using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Rules;

/// <summary>A rule read back in plain English. Relative dates say the day that they mean in the project's zone.</summary>
/// <param name="project">Its time zone counts.</param>
/// <param name="model">The model.</param>
/// <param name="types">The types of its properties.</param>
/// <param name="now">The moment that relative dates are counted from.</param>
internal sealed class RuleSentence(
    Project project, Model model, IReadOnlyDictionary<string, DataType> types, DateTimeOffset now)
{
    /// <summary>The whole as one sentence.</summary>
    public string Of(Rule rule) => rule is RuleSet { Rules.Count: 0 }
        ? $"{model.Name}: nobody, as there is no rule yet."
        : $"{model.Name} where {Part(rule, isInner: false)}.";

    /// <summary>The day that a relative operator means, such as <c>since 25 Sep 2026</c>; null for other operators.</summary>
    public string? Resolved(PropertyRule rule)
    {
        if (rule.Span is not { } span)
            return null;
        var moment = rule.Operator is RuleOperator.Within or RuleOperator.OlderThan ? Away(span, -1) : Away(span, 1);
        if (moment is not { } local)
            return null;
        var isShort = span.Unit is RelativeUnit.Minutes or RelativeUnit.Hours;
        var day = local.ToString(isShort ? "d MMM yyyy, HH:mm" : "d MMM yyyy", CultureInfo.InvariantCulture);
        return rule.Operator switch
        {
            RuleOperator.Within => $"since {day}",
            RuleOperator.OlderThan => $"until {day}",
            RuleOperator.WithinNext => $"until {day}",
            RuleOperator.LaterThan => $"from {day}",
            _ => null,
        };
    }

    private string Part(Rule rule, bool isInner) => rule switch
    {
        RuleSet set => Set(set, isInner),
        MembershipRule membership => membership.Group.Length == 0
            ? "they are in a group (not chosen yet)"
            : $"they are {(membership.IsMember ? "" : "not ")}in the group “{NameOf(membership.Group)}”",
        _ => Comparison((PropertyRule)rule), // there are three kinds
    };

    private string Set(RuleSet set, bool isInner)
    {
        if (set.Rules.Count == 0)
            return "nothing (an empty set)";
        var parts = set.Rules.Select(part => Part(part, isInner: true)).ToList();
        var joined = set.Match switch
        {
            Match.All => string.Join(" and ", parts),
            Match.Any => (parts.Count > 1 ? "either " : "") + string.Join(" or ", parts),
            _ => $"none of this is so: {string.Join(" or ", parts)}",
        };
        return isInner && (parts.Count > 1 || set.Match == Match.None) ? $"({joined})" : joined;
    }

    private string Comparison(PropertyRule rule)
    {
        if (rule.Property.Length == 0)
            return "… (no property chosen yet)";
        var type = types.GetValueOrDefault(rule.Property, DataKind.Any);
        var values = rule.Values.Select(value => Text(value, type.Kind)).ToList();
        var compared = RuleOperators.OperandsOf(rule.Operator) switch
        {
            Operands.Flag => "",
            Operands.Span => rule.Span is null ? "…" : $"{rule.Span} ({Resolved(rule)})",
            Operands.Two => values.Count < 2 ? "… and …" : $"{values[0]} and {values[1]}",
            Operands.Many => values.Count == 0 ? "…" : string.Join(", ", values),
            _ => values.Count == 0 ? "…" : values[0],
        };
        return $"{rule.Property} {Operator(rule.Operator, type)} {compared}".TrimEnd();
    }

    private static string Operator(RuleOperator operation, DataType type) => (operation, type.IsArray) switch
    {
        (RuleOperator.OlderThan, false) => "is at least as long ago as",
        (RuleOperator.LaterThan, false) => "is at least as far ahead as",
        _ => RuleWords.Of(operation, type),
    };

    private static string Text(Value value, DataKind kind)
    {
        var text = value.ToString();
        return kind switch
        {
            _ when text.Length == 0 => "…",
            DataKind.Boolean => text == "true" ? "yes" : "no",
            DataKind.Date or DataKind.Timestamp
                when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            DataKind.Integer or DataKind.Decimal or DataKind.Float or DataKind.Date or DataKind.Timestamp => text,
            _ => $"“{text}”",
        };
    }

    private string NameOf(string group) => model.Groups.FirstOrDefault(other => other.Id == group)?.Name ?? group;

    private DateTime? Away(RelativeSpan span, int direction)
    {
        var local = TimeZoneInfo.ConvertTime(now, project.TimeZone).DateTime;
        var number = (double)span.Number * direction;
        try
        {
            return span.Unit switch
            {
                RelativeUnit.Minutes => TimeZoneInfo.ConvertTime(now.AddMinutes(number), project.TimeZone).DateTime,
                RelativeUnit.Hours => TimeZoneInfo.ConvertTime(now.AddHours(number), project.TimeZone).DateTime,
                RelativeUnit.Days => local.AddDays(number),
                RelativeUnit.Weeks => local.AddDays(7 * number),
                RelativeUnit.Months => local.AddMonths(checked((int)number)),
                RelativeUnit.Quarters => local.AddMonths(checked((int)(3 * number))),
                _ => local.AddMonths(checked((int)(12 * number))),
            };
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            return null; // further away than the calendar goes
        }
    }
}
