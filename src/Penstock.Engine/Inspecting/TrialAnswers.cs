using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>One real record as a destination would get it; nothing was sent.</summary>
/// <param name="Record">The record's key in the model; null when there is no record to show.</param>
public sealed record DestinationPreview(string? Record)
{
    /// <summary>Its key at the far end; null where it has none.</summary>
    public string? Key { get; init; }

    /// <summary>What a run would do with it now: create, update, rename, remove, skip, refuse, or nothing.</summary>
    public string Act { get; init; } = "nothing";

    /// <summary>Why it would be skipped or refused; null when it would not.</summary>
    public Problem? Reason { get; init; }

    /// <summary>Each mapped field and group: before (what was delivered), after, and whether it is sent.</summary>
    public IReadOnlyList<ExplainedField> Fields { get; init; } = [];

    /// <summary>
    /// The requests that would be sent, in order; empty when nothing would be, or the destination is not reached by HTTP.
    /// </summary>
    public IReadOnlyList<PreviewedRequest> Requests { get; init; } = [];

    /// <summary>Whether the far end would first be asked if the record exists, which only it can tell.</summary>
    public bool AsksFirst { get; init; }

    /// <summary>Why there is nothing, or less than all, to show; null when there is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A request as it would be sent.</summary>
/// <param name="Method">POST, …</param>
/// <param name="Address">The address, without credentials.</param>
/// <param name="Headers">The headers; credentials as <c>***</c>.</param>
/// <param name="Body">The body, JSON with line breaks; at most 64 KiB.</param>
public sealed record PreviewedRequest(string Method, string Address, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What became of one record that was sent as a trial.</summary>
/// <param name="Record">Its key in the model.</param>
public sealed record TrialResult(string Record)
{
    /// <summary>Its key at the far end; null where it has none.</summary>
    public string? Key { get; init; }

    /// <summary>What was done: create, update or rename; skip or refuse when a rule kept it back; nothing when all is delivered.</summary>
    public string Act { get; init; } = "nothing";

    /// <summary>
    /// What became of it; <see cref="OutcomeKind.None"/> when there was nothing to send, or nothing could be sent.
    /// </summary>
    public OutcomeKind Outcome { get; init; }

    /// <summary>Why it was not delivered, with what to do; null when it was, or there was nothing to send.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The requests made and their answers, in order; credentials taken out.</summary>
    public IReadOnlyList<TrialExchange> Exchanges { get; init; } = [];
}

/// <summary>A request that was made and its answer.</summary>
/// <param name="Method">POST, …</param>
/// <param name="Address">The address, without credentials.</param>
/// <param name="Request">The body, JSON with line breaks; at most 64 KiB.</param>
/// <param name="Status">The answer's status; null when none came.</param>
/// <param name="Answer">The answer's body, or what came instead of one; at most 64 KiB.</param>
/// <param name="At">When, in UTC.</param>
public sealed record TrialExchange(string Method, string Address, string Request, int? Status, string Answer, DateTimeOffset At);
