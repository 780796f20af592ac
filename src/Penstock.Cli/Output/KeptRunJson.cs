using Penstock.Control.Services;

namespace Penstock.Cli.Output;

/// <summary>Kept runs in the form of their JSON: the members of <c>run --json</c>, and what only a kept run has.</summary>
internal static class KeptRunJson
{
    /// <summary>One of a list.</summary>
    public static object Short(KeptRun run) => new
    {
        run.Id,
        run.Model,
        run.Status,
        StartedAt = run.StartedAt.UtcDateTime,
        run.Records,
        run.Groups,
        RowProblems = run.RowProblems.Sum(problem => problem.Count),
        Seconds = Math.Round(run.Elapsed.TotalSeconds, 3),
        Destinations = run.Destinations.Select(served => Destination(served)),
        Error = run.Problem is null ? null : ErrorPart.Of(run.Problem),
    };

    /// <summary>All of it.</summary>
    public static object Full(KeptRun run) => new
    {
        run.Id,
        run.Model,
        run.Status,
        StartedAt = run.StartedAt.UtcDateTime,
        run.Records,
        run.Groups,
        RowProblems = run.RowProblems.Sum(problem => problem.Count),
        Seconds = Math.Round(run.Elapsed.TotalSeconds, 3),
        Destinations =
            run.Destinations.Select(served => new { Counts = Destination(served), served.Status, served.Reasons, served.Problem })
                .Select(served => new
                {
                    served.Counts.Destination,
                    served.Status,
                    served.Counts.Created,
                    served.Counts.Updated,
                    served.Counts.Removed,
                    served.Counts.Unchanged,
                    served.Counts.Delivered,
                    served.Counts.Skipped,
                    served.Counts.Refused,
                    served.Counts.Failed,
                    served.Counts.Calls,
                    served.Counts.Seconds,
                    served.Reasons,
                    Error = served.Problem is null ? null : ErrorPart.Of(served.Problem),
                }),
        Problems = run.RowProblems,
        Steps = run.Steps.Select(step => new { step.Step, step.Subject, step.Rows, Seconds = Math.Round(step.Elapsed.TotalSeconds, 3) }),
        Error = run.Problem is null ? null : ErrorPart.Of(run.Problem),
    };

    private static DestinationPart Destination(KeptDestination served) => new(
        served.Destination, served.Created, served.Updated, served.Removed, served.Unchanged, served.Delivered, served.Skipped,
        served.Refused,
        served.Failed, served.Calls, Math.Round(served.Elapsed.TotalSeconds, 3));
}
