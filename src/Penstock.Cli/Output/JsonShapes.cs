using System.Text.Json.Serialization;
using Penstock.Contract;

namespace Penstock.Cli.Output;

// The members of these records are what scripts depend on: their names, in snake_case, are the JSON's.

/// <summary>What ended a command.</summary>
internal sealed record ErrorJson(ErrorPart Error);

/// <summary>A problem in short.</summary>
internal sealed record ErrorPart(string Code, string Message, string? Help)
{
    /// <summary>The short form; the place in the files goes into the message.</summary>
    public static ErrorPart Of(Problem problem) => new(problem.Code, (problem with { Help = null }).ToString(), problem.Help);
}

/// <summary>The problems of <c>validate</c>.</summary>
internal sealed record ProblemsJson(IReadOnlyList<ProblemPart> Problems);

/// <summary>One of them.</summary>
internal sealed record ProblemPart(string Severity, string Code, string? File, int? Line, string? Path, string Message, string? Help)
{
    /// <summary>The JSON form.</summary>
    public static ProblemPart Of(Problem problem) => new(
        problem.Severity == Contract.Severity.Error ? "error" : "warning", problem.Code, problem.File, problem.Line, problem.Path,
        problem.Message, problem.Help);
}

/// <summary>What <c>run</c> and <c>plan</c> came to; the error is there when one of them did not go through.</summary>
internal sealed record RunsJson<T>(
    IReadOnlyList<RunPart<T>> Runs, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ErrorPart? Error);

/// <summary>One run.</summary>
internal sealed record RunPart<T>(
    string? Id, string Model, long Records, IReadOnlyDictionary<string, long> Groups, long RowProblems, double Seconds,
    IReadOnlyList<T> Destinations);

/// <summary>One destination of a run.</summary>
internal record DestinationPart(
    string Destination, long Created, long Updated, long Removed, long Unchanged, long Delivered, long Skipped, long Refused, long Failed,
    long Calls,
    double Seconds);

/// <summary>One destination of a plan: the planned numbers, and what makes them up.</summary>
internal sealed record PlannedPart(
    string Destination, long Created, long Updated, long Removed, long Unchanged, long Delivered, long Skipped, long Refused, long Failed,
    long Calls,
    double Seconds, long? DataPoints, double? SecondsAtLimits, IReadOnlyList<FieldPart> Fields, IReadOnlyList<SamplePart> Samples,
    IReadOnlyList<GuardPart> Guards, IReadOnlyList<SkipPart> Skips);

/// <summary>How many records a field changes for.</summary>
internal sealed record FieldPart(string Field, long Sets, long Clears);

/// <summary>One record of a plan.</summary>
internal sealed record SamplePart(string Act, string Key, string? PreviousKey, IReadOnlyList<ChangePart> Changes);

/// <summary>One field of it.</summary>
internal sealed record ChangePart(string Field, string? Before, string? After);

/// <summary>What a guard says.</summary>
internal sealed record GuardPart(string Code, bool Stops, string Message, string? Help);

/// <summary>Records that will not be sent.</summary>
internal sealed record SkipPart(string Kind, string Code, string Message, long Count, IReadOnlyList<string> Keys);
