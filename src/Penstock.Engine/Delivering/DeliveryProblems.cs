using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>The codes of what can go wrong between a plan and its destination.</summary>
public static class DeliveryProblems
{
    /// <summary>The destination doesn't answer as it should.</summary>
    public static ProblemCode Unavailable { get; } = new(
        "destination.unavailable",
        "The destination is out of order, or its answers don't arrive.",
        "Wait until it is well again: what it did not take is sent again by the next run.");

    /// <summary>The rate limit asks for too long a wait.</summary>
    public static ProblemCode RateLimited { get; } = new(
        "destination.rate_limited",
        "The destination's rate limit asks to wait for longer than a run waits.",
        "Run when the limit has room, or ask the vendor for more.");

    /// <summary>A record alone is larger than a request may be.</summary>
    public static ProblemCode RecordTooLarge { get; } = new(
        "record.too_large",
        "The record alone makes a larger request than the destination takes.",
        "Shorten its texts or arrays, or map fewer fields.");

    /// <summary>The connector broke.</summary>
    public static ProblemCode ConnectorDefect { get; } = new(
        "connector.defect",
        "The connector broke while it worked on records; they are tried again by the next run.",
        "Please report it: it is a defect of the connector.");

    /// <summary>The plan asks for what the connector does not do.</summary>
    public static ProblemCode ConnectorUnable { get; } = new(
        "connector.unable",
        "The plan asks the connector for what it does not do; nothing of that was sent.",
        "Please report it: it is a defect of Penstock.");
}
