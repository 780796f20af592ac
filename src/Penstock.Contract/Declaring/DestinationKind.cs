namespace Penstock.Contract;

/// <summary>What a destination may do at the far end.</summary>
[Flags]
public enum SyncModes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Add, update and remove.</summary>
    Sync = 1,

    /// <summary>Add and update, never remove.</summary>
    Additive = 2,

    /// <summary>Update only what already exists.</summary>
    Enrich = 4,
}

/// <summary>One way of sending records to a system: Braze's users, HubSpot's contacts or companies.</summary>
/// <param name="Id">The word for it in configuration files (<c>kind:</c>).</param>
/// <param name="Name">What lists show.</param>
public sealed record DestinationKind(string Id, string Name)
{
    /// <summary>The options of a destination of this kind; null for none.</summary>
    public OptionSet? Options { get; init; }

    /// <summary>The field that names a record at the far end. Always mapped, proposed from the primary key.</summary>
    public required Field Key { get; init; }

    /// <summary>The known fields besides the key.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>What fields of a person's own are taken; null for none.</summary>
    public CustomFields? CustomFields { get; init; }

    /// <summary>The sync modes on offer.</summary>
    public required SyncModes SyncModes { get; init; }

    /// <summary>How groups can be shown at the far end; empty for not at all.</summary>
    public IReadOnlyList<GroupForm> Groups { get; init; } = [];

    /// <summary>What removing a record can mean, the default first; empty where nothing can be removed (no Sync mode then).</summary>
    public IReadOnlyList<Removal> Removals { get; init; } = [];

    /// <summary>What a write request takes.</summary>
    public required Limits Limits { get; init; }

    /// <summary>What a removing request takes; null for the same as a write.</summary>
    public Limits? RemoveLimits { get; init; }

    /// <summary>What a renaming request takes; null for the same as a write.</summary>
    public Limits? RenameLimits { get; init; }

    /// <summary>What a request that looks records up takes; null for the same as a write.</summary>
    public Limits? LookupLimits { get; init; }

    /// <summary>What a request that changes a group's members takes; null for the same as a write.</summary>
    public Limits? MemberLimits { get; init; }

    /// <summary>Whether some contracts with the vendor bill by changed field (Braze's data points): plans then count them.</summary>
    public bool CountsDataPoints { get; init; }
}

/// <summary>A field at the far end. Rows that break its rules are refused before they are sent.</summary>
/// <param name="Name">The vendor's name.</param>
/// <param name="Label">What a form shows.</param>
/// <param name="Type">What it takes; <see cref="DataKind.Any"/> for whatever comes.</param>
public sealed record Field(string Name, string Label, DataType Type)
{
    /// <summary>What it is for, in the vendor's sense.</summary>
    public string? Help { get; init; }

    /// <summary>Whether it must be mapped, and a record without a value for it is skipped.</summary>
    public bool Required { get; init; }

    /// <summary>The most characters of a text; null for no limit known.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The most UTF-8 bytes of a text; null for no limit known.</summary>
    public int? MaxBytes { get; init; }

    /// <summary>The values there are, in the vendor's case; empty for any.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>A regular expression (RE2) that the whole text must match; null for none.</summary>
    public string? Pattern { get; init; }

    /// <summary>The rule in words, for the message about a row that breaks it: <c>must be an e-mail address</c>.</summary>
    public string? RuleInWords { get; init; }

    /// <summary>Whether null can clear it. Default true.</summary>
    public bool Clearable { get; init; } = true;

    /// <summary>Whether changing it costs a data point, where the contract counts those. Default true.</summary>
    public bool Billable { get; init; } = true;

    /// <summary>Whether forms show it under "advanced".</summary>
    public bool Advanced { get; init; }
}

/// <summary>What fields of a person's own a destination takes.</summary>
/// <param name="Types">The kinds of value.</param>
/// <param name="Arrays">Whether arrays of those are taken.</param>
public sealed record CustomFields(IReadOnlyList<DataKind> Types, bool Arrays)
{
    /// <summary>What the vendor calls them: <c>custom attribute</c>.</summary>
    public required string Word { get; init; }

    /// <summary>The most characters of a name.</summary>
    public int MaxNameLength { get; init; } = int.MaxValue;

    /// <summary>A regular expression (RE2) that a whole name must match; null for any.</summary>
    public string? NamePattern { get; init; }

    /// <summary>The rule for names in words.</summary>
    public string? NameRuleInWords { get; init; }

    /// <summary>Names that can't be used, besides those of known fields; compared without regard to case.</summary>
    public IReadOnlyList<string> Reserved { get; init; } = [];

    /// <summary>The most characters of a text; null for no limit known.</summary>
    public int? MaxTextLength { get; init; }
}

/// <summary>How a group is shown at the far end.</summary>
/// <param name="Name">The word for it in a destination's <c>groups:</c>, such as <c>subscription_group</c>; its value there is the
/// target.</param>
/// <param name="Label">What a form shows.</param>
public sealed record GroupForm(string Name, string Label)
{
    /// <summary>The choice of <see cref="Leaving"/> under which nothing is sent when a record leaves the group.</summary>
    public const string LeaveAlone = "leave_alone";

    /// <summary>What it means and what to be careful about.</summary>
    public string? Help { get; init; }

    /// <summary>A regular expression (RE2) that the whole target must match; null for any.</summary>
    public string? TargetPattern { get; init; }

    /// <summary>What a target is, in words: <c>the subscription group's id, a UUID from its page in Braze</c>.</summary>
    public required string TargetInWords { get; init; }

    /// <summary>
    /// What leaving the group may mean, the default first (<c>leaving:</c>); empty when it means just the opposite of entering.
    /// </summary>
    public IReadOnlyList<Choice> Leaving { get; init; } = [];

    /// <summary>Whether the target is a custom field of that name, and so follows the rules for their names.</summary>
    public bool TargetIsField { get; init; }

    /// <summary>Whether several groups may share one target (an array attribute with one element a group).</summary>
    public bool SharesTarget { get; init; }

    /// <summary>
    /// Whether members are added and removed by calls of their own (<see cref="IMembers"/>), after the record was written. Otherwise the
    /// change travels with the record.
    /// </summary>
    public bool SeparateCalls { get; init; }

    /// <summary>Whether a change costs a data point, where the contract counts those.</summary>
    public bool Billable { get; init; }
}

/// <summary>How the engine carries out a removal.</summary>
public enum RemovalAct
{
    /// <summary>By <see cref="IRemoves"/>: the record is gone at the far end. Guarded.</summary>
    Delete,

    /// <summary>By a write that clears the mapped custom fields and leaves the mapped groups; known fields stay. Guarded.</summary>
    Clear,

    /// <summary>Nothing is sent; the record is forgotten here.</summary>
    Leave,
}

/// <summary>One meaning that removing a record can have.</summary>
/// <param name="Name">The word for it in a destination's <c>removal:</c>.</param>
/// <param name="Act">How the engine does it.</param>
/// <param name="Label">What it does, in a sentence.</param>
public sealed record Removal(string Name, RemovalAct Act, string Label);
