using Penstock.Contract;

namespace Penstock.Engine.Inspecting;

/// <summary>What is loaded of a model.</summary>
/// <param name="Records">How many records there are; null when none were ever built.</param>
/// <param name="BuiltAt">When they were built, in UTC; null when unknown.</param>
/// <param name="Properties">How each property of the model, as configured now, stands to what is loaded.</param>
/// <param name="IsDraft">Whether a draft's own data was looked at, not the live one.</param>
public sealed record LoadedModel(
    long? Records, DateTimeOffset? BuiltAt, IReadOnlyDictionary<string, LoadedState> Properties, bool IsDraft)
{
    /// <summary>The types in which the model's properties are loaded, by property; those that are not loaded are missing.</summary>
    public IReadOnlyDictionary<string, DataType> Types { get; init; } = new Dictionary<string, DataType>();

    /// <summary>Whether every property is loaded as it is configured.</summary>
    public bool IsCurrent => Records is not null && Properties.Values.All(state => state == LoadedState.Current);
}

/// <summary>How many records a rule holds for.</summary>
/// <param name="Total">How many records there are.</param>
/// <param name="Count">How many the whole rule holds for; null while something is wrong with a part of it.</param>
/// <param name="Rules">The whole rule first, then each rule inside, in reading order.</param>
public sealed record GroupCount(long Total, long? Count, IReadOnlyList<RuleCount> Rules)
{
    /// <summary>Why nothing could be counted at all; null when it could.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>How many records one rule holds for, on its own.</summary>
/// <param name="Path">Its place: its ancestors' places and its own, from 0, joined by dots (<c>1.0</c>); empty for the whole rule.</param>
/// <param name="Count">How many; null while something is wrong with it.</param>
/// <param name="Problem">What is wrong; null when nothing is.</param>
public sealed record RuleCount(string Path, long? Count, Problem? Problem);

/// <summary>How many records are in a rule's group and in another one.</summary>
/// <param name="Group">The other group's id.</param>
/// <param name="Members">How many members it has; null while something is wrong with its rule.</param>
/// <param name="Both">How many are in both; null while something is wrong with either.</param>
public sealed record GroupOverlap(string Group, long? Members, long? Both);

/// <summary>Why a rule holds for a record or not.</summary>
/// <param name="Path">Its place, as in <see cref="RuleCount"/>.</param>
/// <param name="Text">The rule in words, such as <c>ltv greater than 100</c>, <c>all of</c> or <c>in group vip</c>.</param>
/// <param name="Holds">Whether it holds; null while something is wrong with it.</param>
public sealed record RuleVerdict(string Path, string Text, bool? Holds)
{
    /// <summary>The property compared; null for sets and memberships.</summary>
    public string? Property { get; init; }

    /// <summary>The record's value that was compared, as text; null for none.</summary>
    public string? Value { get; init; }

    /// <summary>What is wrong with the rule; null when nothing is.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The rules inside, or the rule of the other group.</summary>
    public IReadOnlyList<RuleVerdict> Parts { get; init; } = [];
}

/// <summary>A property's values over all records.</summary>
/// <param name="Total">How many records there are.</param>
/// <param name="Nulls">How many have no value.</param>
/// <param name="Distinct">How many different values there are; of an array, elements.</param>
/// <param name="Minimum">The smallest, as text, for numbers and times; null for other types and where there is none.</param>
/// <param name="Maximum">The largest, likewise.</param>
/// <param name="Values">The most frequent ones that fit what was searched.</param>
public sealed record PropertyValues(
    long Total, long Nulls, long Distinct, string? Minimum, string? Maximum, IReadOnlyList<FrequentValue> Values)
{
    /// <summary>Why there is nothing to show: not loaded yet, no such property; null when there is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A value and how many records have it.</summary>
/// <param name="Value">The value as text, as it is written into a rule.</param>
/// <param name="Count">How many records.</param>
public sealed record FrequentValue(string Value, long Count);

/// <summary>Which records to show.</summary>
public sealed record RecordQuery
{
    /// <summary>What the key or the model's display property begins with or holds, in any case; null or empty for all.</summary>
    public string? Search { get; init; }

    /// <summary>Only records that this rule holds for; null for all. A group of the model: <see cref="InGroup"/>.</summary>
    public Configuration.Rule? Rule { get; init; }

    /// <summary>The property to sort by; null for the best match of the search first, then by key.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether the largest come first; records without a value come last either way.</summary>
    public bool Descending { get; init; }

    /// <summary>Where the page before ended: its <see cref="RecordPage.Next"/>; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most records, 1 to 500. Default 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The rule that holds for the members of a group.</summary>
    public static Configuration.Rule InGroup(string group) => new Configuration.MembershipRule(group, IsMember: true);
}

/// <summary>A page of records.</summary>
/// <param name="Total">How many records fit the query, on all pages.</param>
/// <param name="Properties">The columns: the model's properties that are loaded, in its order.</param>
/// <param name="Rows">The records.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record RecordPage(long Total, IReadOnlyList<string> Properties, IReadOnlyList<RecordRow> Rows, string? Next)
{
    /// <summary>Why there is nothing to show; null when there is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A record in a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Display">The value of the model's display property; null where there is none.</param>
/// <param name="Values">Its values as text, one for each of the page's properties; null for none.</param>
public sealed record RecordRow(string Key, string? Display, IReadOnlyList<string?> Values);
