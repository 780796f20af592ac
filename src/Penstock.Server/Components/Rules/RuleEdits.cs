using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Rules;

/// <summary>How a rule follows when a part of it is chosen anew: what still fits stays.</summary>
internal static class RuleEdits
{
    /// <summary>A rule to begin with.</summary>
    public static PropertyRule New { get; } = new("", RuleOperator.Equals);

    /// <summary>The rule on another property.</summary>
    public static PropertyRule WithProperty(PropertyRule rule, string property, DataType before, DataType type)
    {
        var operation = rule.Property.Length > 0 && RuleOperators.Fits(rule.Operator, type) ? rule.Operator : RuleWords.For(type)[0];
        var kept = before == type ? rule.Values : [];
        return WithOperator(rule with { Property = property, Values = kept }, operation, type);
    }

    /// <summary>The rule with another operator.</summary>
    public static PropertyRule WithOperator(PropertyRule rule, RuleOperator operation, DataType type)
    {
        var operands = RuleOperators.OperandsOf(operation);
        return rule with
        {
            Operator = operation,
            Span = operands == Operands.Span ? rule.Span ?? new RelativeSpan(30, RelativeUnit.Days) : null,
            Values = operands switch
            {
                Operands.Many or Operands.Two => rule.Values,
                Operands.One when type.Kind == DataKind.Boolean => [rule.Values.Count > 0 ? rule.Values[0] : Value.Of(true)],
                Operands.One => [.. rule.Values.Take(1)],
                _ => [],
            },
        };
    }

    /// <summary>The rule with another value at a place; those before are left open.</summary>
    public static PropertyRule WithValue(PropertyRule rule, int place, Value value)
    {
        var values = rule.Values.ToList();
        while (values.Count <= place)
            values.Add(Value.Of(""));
        values[place] = value;
        return rule with { Values = values };
    }

    /// <summary>What a rule that is being written still needs; null when nothing.</summary>
    public static string? Missing(Rule? rule) => rule switch
    {
        MembershipRule { Group.Length: 0 } => "Choose a group.",
        PropertyRule { Property.Length: 0 } => "Choose a property.",
        PropertyRule comparison => RuleOperators.OperandsOf(comparison.Operator) switch
        {
            Operands.One when Given(comparison) < 1 => "Enter a value.",
            Operands.Many when Given(comparison) < 1 => "Enter at least one value.",
            Operands.Two when Given(comparison) < 2 => "Enter both values.",
            _ => null,
        },
        _ => null,
    };

    private static int Given(PropertyRule rule) => rule.Values.Count(value => value.ToString().Length > 0);

    /// <summary>What somebody typed, as it is kept: a number where it is one and the type wants one, otherwise the text.</summary>
    public static Value Read(string text, DataKind kind)
    {
        if (kind is DataKind.Integer or DataKind.Decimal or DataKind.Float
            && decimal.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
                ? Value.Of(decimal.ToInt64(number))
                : Value.Of(number);
        }

        return kind == DataKind.Boolean ? Value.Of(text == "true") : Value.Of(text);
    }
}
