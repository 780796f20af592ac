using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>A group's rule → a condition on <see cref="Layout.Records"/>' columns that is true or false, never null.</summary>
internal sealed class RuleCompiler(IReadOnlyDictionary<string, DataType> types, LocalCalendar calendar)
{
    // Cannot be a property's id with a meaning here: it is the name of an element inside of a lambda.
    private static readonly Sql Element = Sql.Of($"{new Identifier("_element")}");
    private static readonly Sql False = Sql.Of($"FALSE");

    public Sql Compile(Rule rule) => rule switch
    {
        RuleSet { Rules.Count: 0 } => False,
        RuleSet { Match: Match.All } set => Joined(set, "\n          AND "),
        RuleSet { Match: Match.Any } set => Joined(set, "\n          OR "),
        RuleSet set => Sql.Of($"NOT {Joined(set, "\n          OR ")}"),
        MembershipRule { IsMember: true } membership => Sql.Of($"{Layout.Group(membership.Group)}"),
        MembershipRule membership => Sql.Of($"NOT {Layout.Group(membership.Group)}"),
        _ => Property((PropertyRule)rule), // there are three kinds
    };

    private Sql Joined(RuleSet set, string word) => Sql.Of($"({Sql.Join(word, set.Rules.Select(Compile))})");

    private Sql Property(PropertyRule rule)
    {
        if (!types.TryGetValue(rule.Property, out var type))
            throw Refused(rule, "rule.unknown_property", $"The rule names {rule.Property}, which is not a property of the model.");
        var column = Sql.Of($"{Layout.Property(rule.Property)}");
        return type.IsArray ? OnArray(rule, column, type.Kind) : OnSingle(rule, column, type.Kind);
    }

    private Sql OnSingle(PropertyRule rule, Sql column, DataKind kind) => rule.Operator switch
    {
        RuleOperator.Exists => Sql.Of($"{column} IS NOT NULL"),
        RuleOperator.NotExists => Sql.Of($"{column} IS NULL"),
        RuleOperator.IsEmpty => Empty(column, kind),
        RuleOperator.IsNotEmpty => Sql.Of($"NOT ({Empty(column, kind)})"),
        _ when Positive(rule.Operator) is { } positive => Sql.Of($"coalesce(NOT ({Condition(rule, positive, column, kind)}), FALSE)"),
        _ => Sql.Of($"coalesce({Condition(rule, rule.Operator, column, kind)}, FALSE)"),
    };

    private Sql OnArray(PropertyRule rule, Sql column, DataKind kind) => rule.Operator switch
    {
        RuleOperator.IsEmpty => Sql.Of($"coalesce(len({column}), 0) = 0"),
        RuleOperator.IsNotEmpty => Sql.Of($"coalesce(len({column}), 0) > 0"),
        RuleOperator.Exists => Sql.Of($"{Matching(column, Sql.Of($"{Element} IS NOT NULL"))} > 0"),
        RuleOperator.NotExists => Sql.Of($"{Matching(column, Sql.Of($"{Element} IS NOT NULL"))} = 0"),
        _ when Positive(rule.Operator) is { } positive => Sql.Of($"{Matching(column, Condition(rule, positive, Element, kind))} = 0"),
        _ => Sql.Of($"{Matching(column, Condition(rule, rule.Operator, Element, kind))} > 0"),
    };

    private static Sql Matching(Sql column, Sql condition) =>
        Sql.Of($"coalesce(len(list_filter({column}, lambda {Element}: coalesce({condition}, FALSE))), 0)");

    private static Sql Empty(Sql column, DataKind kind) => kind switch
    {
        DataKind.Json => Sql.Of($"coalesce(CAST({column} AS VARCHAR), '') IN ('', '\"\"', '[]', '{{}}', 'null')"),
        DataKind.String or DataKind.Email or DataKind.Url or DataKind.Phone => Sql.Of($"coalesce({column}, '') = ''"),
        _ => Sql.Of($"{column} IS NULL"),
    };

    // The operator that a negative one denies.
    private static RuleOperator? Positive(RuleOperator negative) => negative switch
    {
        RuleOperator.NotEquals => RuleOperator.Equals,
        RuleOperator.NotIn => RuleOperator.In,
        RuleOperator.NotContains => RuleOperator.Contains,
        RuleOperator.NotLike => RuleOperator.Like,
        RuleOperator.NotIlike => RuleOperator.Ilike,
        RuleOperator.NotMatches => RuleOperator.Matches,
        _ => null,
    };

    private Sql Condition(PropertyRule rule, RuleOperator comparison, Sql subject, DataKind kind)
    {
        if (kind == DataKind.Json)
            subject = Sql.Of($"CAST({subject} AS VARCHAR)");
        return comparison switch
        {
            RuleOperator.Within or RuleOperator.OlderThan or RuleOperator.WithinNext or RuleOperator.LaterThan =>
                Relative(rule, comparison, subject, kind),
            RuleOperator.Contains or RuleOperator.StartsWith or RuleOperator.EndsWith or RuleOperator.Like or RuleOperator.Ilike
                or RuleOperator.Matches => OnText(rule, comparison, subject, kind),
            _ => new Comparison(subject, kind).Write(comparison, Read(rule, kind)),
        };
    }

    private Sql Relative(PropertyRule rule, RuleOperator comparison, Sql subject, DataKind kind)
    {
        var span = rule.Span ?? throw Refused(rule, "rule.value", $"{Word(comparison)} needs a length such as 60 days.");
        if (kind is not (DataKind.Date or DataKind.Timestamp))
            throw DoesNotFit(rule, kind);
        var (now, before, after) = kind == DataKind.Date
            ? (Value.Of(calendar.Today), Value.Of(calendar.DayAway(span, -1)), Value.Of(calendar.DayAway(span, 1)))
            : (Value.Of(calendar.Now), Value.Of(calendar.Away(span, -1)), Value.Of(calendar.Away(span, 1)));
        Sql Of(Value value) => Comparison.Literal(value, kind);
        return comparison switch
        {
            RuleOperator.Within => Sql.Of($"({subject} > {Of(before)} AND {subject} <= {Of(now)})"),
            RuleOperator.OlderThan => Sql.Of($"{subject} <= {Of(before)}"),
            RuleOperator.WithinNext => Sql.Of($"({subject} >= {Of(now)} AND {subject} < {Of(after)})"),
            _ => Sql.Of($"{subject} >= {Of(after)}"),
        };
    }

    private Sql OnText(PropertyRule rule, RuleOperator comparison, Sql subject, DataKind kind)
    {
        if (!DataType.Of(kind).IsText && kind != DataKind.Json)
            throw DoesNotFit(rule, kind);
        var text = Single(rule, Read(rule, kind)).Value.Text;
        if (comparison == RuleOperator.Matches && ExpressionChecker.CheckPattern(text) is { } problem)
            throw new PenstockException(rule.Position?.At(problem) ?? problem);
        var value = Comparison.Literal(Value.Of(text), kind);
        var pattern = Comparison.Literal(Value.Of(LikePattern.Normalise(text)), kind);
        return comparison switch
        {
            RuleOperator.Contains => Sql.Of($"contains({subject}, {value})"),
            RuleOperator.StartsWith => Sql.Of($"starts_with({subject}, {value})"),
            RuleOperator.EndsWith => Sql.Of($"ends_with({subject}, {value})"),
            RuleOperator.Like => Sql.Of($"{subject} LIKE {pattern} ESCAPE '\\'"),
            RuleOperator.Ilike => Sql.Of($"{subject} ILIKE {pattern} ESCAPE '\\'"),
            _ => Sql.Of($"regexp_matches({subject}, {value})"),
        };
    }

    private List<RuleValue> Read(PropertyRule rule, DataKind kind)
    {
        var values = rule.Values
            .Select(written => RuleValue.Read(written, kind, calendar) ?? throw Refused(rule, "rule.value",
                $"{Word(rule.Operator)}: {(written.IsNull ? "null" : written)} can't be compared with {rule.Property}, which is of type "
                + $"{types[rule.Property]}. Write {RuleValue.Example(kind)}."))
            .ToList();
        var wanted = rule.Operator switch
        {
            RuleOperator.In or RuleOperator.NotIn => values.Count,
            RuleOperator.Between => 2,
            _ => 1,
        };
        return values.Count == wanted ? values : throw Refused(rule, "rule.value",
            $"{Word(rule.Operator)} takes {(wanted == 1 ? "one value" : "two values")}, and has {values.Count}.");
    }

    private static RuleValue Single(PropertyRule rule, List<RuleValue> values) =>
        values.Count == 1 ? values[0] : throw Refused(rule, "rule.value", $"{Word(rule.Operator)} takes one value.");

    private static string Word(RuleOperator comparison) =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(comparison.ToString());

    private static PenstockException DoesNotFit(PropertyRule rule, DataKind kind) => Refused(rule, "rule.operator",
        $"{Word(rule.Operator)} does not fit {rule.Property}, which is of type {DataType.Of(kind)}.");

    private static PenstockException Refused(PropertyRule rule, string code, string message)
    {
        var problem = new Problem(code, message);
        return new PenstockException(rule.Position?.At(problem) ?? problem);
    }
}
