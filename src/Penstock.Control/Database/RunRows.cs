using Microsoft.EntityFrameworkCore;

namespace Penstock.Control.Database;

/// <summary>Reads runs for lists: without what only the page of one run shows, of which a list would carry megabytes.</summary>
internal static class RunRows
{
    /// <summary>The runs of a query without steps, destinations, plans and row problems.</summary>
    public static Task<List<Run>> ReadAsync(IQueryable<Run> runs, CancellationToken cancellationToken) => runs.AsNoTracking()
        .Select(run => new Run
        {
            Id = run.Id,
            Model = run.Model,
            Status = run.Status,
            StartedAt = run.StartedAt,
            QueuedAt = run.QueuedAt,
            Trigger = run.Trigger,
            RequestedBy = run.RequestedBy,
            Revision = run.Revision,
            Options = run.Options,
            CancelledBy = run.CancelledBy,
            Owner = run.Owner,
            Seconds = run.Seconds,
            Records = run.Records,
            Groups = run.Groups,
            RowProblems = "[]",
            Problem = run.Problem,
        }).ToListAsync(cancellationToken);

    /// <summary>Adds their destinations, without reasons.</summary>
    public static async Task AddDestinationsAsync(ControlContext context, IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Id).ToList();
        var destinations = await context.Set<RunDestination>().AsNoTracking().Where(destination => ids.Contains(destination.RunId))
            .ToListAsync(cancellationToken);
        var byRun = destinations.ToLookup(destination => destination.RunId);
        foreach (var run in runs)
            run.Destinations.AddRange(byRun[run.Id]);
    }
}
