using System.Text.Json.Serialization;

namespace Penstock.Control.Running;

/// <summary>What made a run.</summary>
public enum RunTrigger
{
    /// <summary>Somebody pressed Run.</summary>
    Person,

    /// <summary>A time of the model's schedule.</summary>
    Schedule,

    /// <summary>Another model's run that went through.</summary>
    After,

    /// <summary>The schedule's query had another answer.</summary>
    Query,

    /// <summary>A program, through the API.</summary>
    Api,

    /// <summary>Somebody let refused records be tried again.</summary>
    Retry,

    /// <summary>A run that was cut goes on.</summary>
    Resume,

    /// <summary>Somebody at the command line.</summary>
    Command,
}

/// <summary>How somebody wants a model to be run by the server.</summary>
public sealed record RunAsk
{
    /// <summary>What makes it.</summary>
    [JsonIgnore]
    public RunTrigger Trigger { get; init; } = RunTrigger.Person;

    /// <summary>Whether everything is sent anew.</summary>
    public bool Full { get; init; }

    /// <summary>The destinations served; null for all of the model's.</summary>
    public IReadOnlyList<string>? Destinations { get; init; }

    /// <summary>How many removals a person has seen and approved, per destination; more wait again.</summary>
    public IReadOnlyDictionary<string, long>? Approvals { get; init; }

    /// <summary>The destinations whose refused records are tried again.</summary>
    public IReadOnlyList<string>? Retry { get; init; }

    /// <summary>The caller's own key: the same key gives the same run. Null for none.</summary>
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    /// <summary>SHA-256 of the caller's request: the same key with another request is a mistake.</summary>
    [JsonIgnore]
    public string? RequestHash { get; init; }
}
