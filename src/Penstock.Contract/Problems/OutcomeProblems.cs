namespace Penstock.Contract;

/// <summary>The codes of what a record's outcome can say, whichever system it is.</summary>
public static class OutcomeProblems
{
    /// <summary>Enrich found no record.</summary>
    public static ProblemCode Missing { get; } = new(
        "outcome.missing",
        "The record does not exist at the destination, and the sync mode creates none.",
        "Nothing: it is looked for again by the next run. To create records, choose another sync mode.");

    /// <summary>The connector gave none.</summary>
    public static ProblemCode NoReason { get; } = new(
        "outcome.no_reason",
        "The record was not taken, and the connector gave no reason.",
        "Please report it: it is a defect of the connector.");

    /// <summary>The run ended first.</summary>
    public static ProblemCode Unanswered { get; } = new(
        "outcome.unanswered",
        "The run was stopped before the answer to the record's request came.",
        "Nothing: the next run sends the record again, whole.");

    /// <summary>A reason without a code.</summary>
    public static ProblemCode Unknown { get; } = new(
        "outcome.unknown",
        "The record was not taken, for a reason without a code.",
        "Look at the record with penstock explain.");
}
