using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>One way of sending a model's records to an app.</summary>
/// <param name="Id">Its id, such as <c>braze_users</c>.</param>
/// <param name="AppId">The app it sends to.</param>
/// <param name="ModelId">The model it sends.</param>
public sealed record Destination(string Id, string AppId, string ModelId)
{
    /// <summary>What people read; the id by default.</summary>
    public string Name { get; init; } = Id;

    /// <summary>The connector's kind (<c>kind:</c>); the connector's first by default.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether runs serve it. Default true; one that is switched off is only planned, when it is named.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Only this group's members are sent; null for all records.</summary>
    public string? GroupId { get; init; }

    /// <summary>Exactly one flag.</summary>
    public required SyncModes SyncMode { get; init; }

    /// <summary>The key field's mapping first, then those of <c>mapping:</c>, then those of <c>custom:</c>.</summary>
    public required IReadOnlyList<FieldMapping> Mapping { get; init; }

    /// <summary>How groups are shown at the far end.</summary>
    public IReadOnlyList<GroupMapping> Groups { get; init; } = [];

    /// <summary>
    /// What removing means: the name of one of the kind's removals, in Sync mode the first by default; empty where nothing is removed.
    /// </summary>
    public string Removal { get; init; } = "";

    /// <summary>Above this share of removals (0 to 1) of what is delivered, a run waits for approval. Default 0.1.</summary>
    public double RemovalThreshold { get; init; } = 0.1;

    /// <summary>Options of the destination's kind with one value, as written.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>Options of the destination's kind with a list of values, as written.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }

    /// <summary>The key field's mapping.</summary>
    public FieldMapping Key => Mapping[0];
}

/// <summary>What null does at the far end.</summary>
public enum Nulls
{
    /// <summary>Clears the field there.</summary>
    Clear,

    /// <summary>Leaves the field there as it is.</summary>
    Keep,
}

/// <summary>One field of a destination and where its value comes from.</summary>
/// <param name="Field">The field's name at the far end.</param>
/// <param name="IsCustom">Whether it is a field of the person's own (<c>custom:</c>).</param>
public sealed record FieldMapping(string Field, bool IsCustom)
{
    /// <summary>The property; null for a constant.</summary>
    public string? Property { get; init; }

    /// <summary>A constant value (<c>{ value: … }</c>); null kind when the value is a property's.</summary>
    public Value Constant { get; init; }

    /// <summary>What stands in for null (<c>{ property: …, default: … }</c>); null kind for nothing.</summary>
    public Value Default { get; init; }

    /// <summary>What null does. Default: clears.</summary>
    public Nulls Nulls { get; init; } = Nulls.Clear;

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>A group and how it is shown at the far end.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Form">The name of one of the kind's group forms.</param>
/// <param name="Target">Where: an id or name at the far end.</param>
/// <param name="Leaving">What leaving means: one of the form's choices; empty where there are none.</param>
public sealed record GroupMapping(string GroupId, string Form, string Target, string Leaving = "")
{
    /// <summary>What people call the target, where it is only an id; empty for nothing. Nothing is done with it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}
