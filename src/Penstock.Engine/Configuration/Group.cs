using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>The records that satisfy a rule.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Rule">The rule; an empty <see cref="RuleSet"/> holds for nobody.</param>
public sealed record Group(string Id, Rule Rule)
{
    /// <summary>What people read; the id by default.</summary>
    public string Name { get; init; } = Id;

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>A condition on a record: never unknown, true or false for each.</summary>
public abstract record Rule
{
    private protected Rule()
    {
    }

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>How the rules of a set are joined.</summary>
public enum Match
{
    /// <summary>Every rule holds.</summary>
    All,

    /// <summary>At least one rule holds.</summary>
    Any,

    /// <summary>No rule holds.</summary>
    None,
}

/// <summary>Several rules joined. Empty: holds for nobody, whatever the <paramref name="Match"/>.</summary>
/// <param name="Match">How they are joined.</param>
/// <param name="Rules">The rules, which may be sets again.</param>
public sealed record RuleSet(Match Match, IReadOnlyList<Rule> Rules) : Rule;

/// <summary>Membership of another group of the model.</summary>
/// <param name="Group">The other group's id.</param>
/// <param name="IsMember">Whether the record must be in it, or must not.</param>
public sealed record MembershipRule(string Group, bool IsMember) : Rule;

/// <summary>
/// A comparison of a property. On an array it holds when any element satisfies it; a negative operator (not …) when no element satisfies
/// the positive one, so also for an empty or null array. On a single value, no operator but <see cref="RuleOperator.NotExists"/> and
/// <see cref="RuleOperator.IsEmpty"/> holds for null.
/// </summary>
/// <param name="Property">The property's id.</param>
/// <param name="Operator">The comparison.</param>
public sealed record PropertyRule(string Property, RuleOperator Operator) : Rule
{
    /// <summary>The values compared with, as written (text, numbers, booleans); read as the property's type when compiled.</summary>
    public IReadOnlyList<Value> Values { get; init; } = [];

    /// <summary>The length of a relative operator.</summary>
    public RelativeSpan? Span { get; init; }
}

/// <summary>A length in calendar units, such as <c>60 days</c> or <c>2 months</c>.</summary>
/// <param name="Number">How many; not negative.</param>
/// <param name="Unit">Of what.</param>
public sealed record RelativeSpan(int Number, RelativeUnit Unit)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var unit = Unit.ToString().ToLowerInvariant();
        return FormattableString.Invariant($"{Number} {(Number == 1 ? unit[..^1] : unit)}");
    }
}

/// <summary>Calendar units: days and longer are counted in the project's time zone, hours and minutes in elapsed time.</summary>
public enum RelativeUnit
{
    /// <summary>60 seconds.</summary>
    Minutes,

    /// <summary>60 minutes.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Seven calendar days.</summary>
    Weeks,

    /// <summary>Calendar months; the last day of a shorter month stands for days it lacks.</summary>
    Months,

    /// <summary>Three calendar months.</summary>
    Quarters,

    /// <summary>Twelve calendar months.</summary>
    Years,
}

/// <summary>The comparisons of group rules. The word in files is the name in snake_case.</summary>
public enum RuleOperator
{
    /// <summary><c>equals: value</c>.</summary>
    Equals,

    /// <summary><c>not_equals: value</c>: has another value.</summary>
    NotEquals,

    /// <summary><c>greater_than: value</c>; for dates, after.</summary>
    GreaterThan,

    /// <summary><c>at_least: value</c>.</summary>
    AtLeast,

    /// <summary><c>less_than: value</c>; for dates, before.</summary>
    LessThan,

    /// <summary><c>at_most: value</c>.</summary>
    AtMost,

    /// <summary><c>between: [low, high]</c>, both included.</summary>
    Between,

    /// <summary><c>in: [values]</c>.</summary>
    In,

    /// <summary><c>not_in: [values]</c>.</summary>
    NotIn,

    /// <summary><c>exists: true</c> (<c>false</c> gives <see cref="NotExists"/>): has a value.</summary>
    Exists,

    /// <summary><c>not_exists: true</c>: has no value.</summary>
    NotExists,

    /// <summary><c>is_empty: true</c>: null, an empty text or an empty array (<c>false</c> gives <see cref="IsNotEmpty"/>).</summary>
    IsEmpty,

    /// <summary><c>is_not_empty: true</c>.</summary>
    IsNotEmpty,

    /// <summary><c>contains: text</c>, in the same case.</summary>
    Contains,

    /// <summary><c>not_contains: text</c>.</summary>
    NotContains,

    /// <summary><c>starts_with: text</c>.</summary>
    StartsWith,

    /// <summary><c>ends_with: text</c>.</summary>
    EndsWith,

    /// <summary><c>like: pattern</c> with <c>%</c> and <c>_</c>, in the same case.</summary>
    Like,

    /// <summary><c>not_like: pattern</c>.</summary>
    NotLike,

    /// <summary><c>ilike: pattern</c>, in any case.</summary>
    Ilike,

    /// <summary><c>not_ilike: pattern</c>.</summary>
    NotIlike,

    /// <summary><c>matches: regular expression</c> (RE2), anywhere in the text.</summary>
    Matches,

    /// <summary><c>not_matches: regular expression</c>.</summary>
    NotMatches,

    /// <summary><c>within: 60 days</c>: later than now − span, and not later than now.</summary>
    Within,

    /// <summary><c>older_than: 60 days</c>: not later than now − span.</summary>
    OlderThan,

    /// <summary><c>within_next: 7 days</c>: not earlier than now, and earlier than now + span.</summary>
    WithinNext,

    /// <summary><c>later_than: 7 days</c>: not earlier than now + span.</summary>
    LaterThan,
}
