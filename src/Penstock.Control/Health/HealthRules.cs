using System.Globalization;
using Penstock.Control.Services;
using Penstock.Control.Settings;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Health;

/// <summary>What makes a model healthy or not.</summary>
internal static class HealthRules
{
    private const int FewestToCompare = 3; // fewer runs say little about what is usual

    // A run takes its time, and waits for its turn.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Judges a model by its last runs that ended, newest first.</summary>
    public static ModelHealth Judge(
        Project project, Model model, IReadOnlyList<KeptRun> runs, DateTimeOffset? lastSuccess, DateTimeOffset? pausedAt,
            ServerSettings settings,
        DateTimeOffset now)
    {
        var last = runs.FirstOrDefault(run => run.Status is not (KeptStatus.Cancelled or KeptStatus.Interrupted));
        var expected = ExpectedBy(project, model, lastSuccess ?? runs.LastOrDefault()?.StartedAt, pausedAt);
        var health = last switch
        {
            null => new ModelHealth(model.Id, HealthState.NeverRun, $"The model {model.Name} has not run yet.",
                "Run it, or give it a schedule."),
            { Status: KeptStatus.Failed } => new(model.Id, HealthState.Failing,
                $"The last run of {model.Name} failed: {last.Problem?.Message ?? "see the run"}", last.Problem?.Help ?? "Look at the run."),
            { Status: KeptStatus.Waiting } => new(model.Id, HealthState.Waiting,
                $"The last run of {model.Name} waits for an approval: {last.Problem?.Message ?? "see the run"}",
                "Look at the removals on the run's page, and approve them if they are meant."),
            _ when expected < now => new(model.Id, HealthState.Late,
                string.Create(CultureInfo.InvariantCulture,
                    $"No run of {model.Name} has gone through since {lastSuccess:yyyy-MM-dd HH:mm} UTC."),
                "Look whether a run still goes on or waits for others, and whether the server was stopped."),
            _ when Unusual(last, runs, settings) is { } why => new(model.Id, HealthState.Unusual,
                $"The last run of {model.Name} is unusual: {why}.", "Look at the run's problems and at the source."),
            _ => new(model.Id, HealthState.Healthy, $"The last run of {model.Name} went through.", null),
        };
        return health with { LastRun = runs.Count == 0 ? null : runs[0], LastSuccessAt = lastSuccess, ExpectedBy = expected };
    }

    // The time after the first one that was due: one whole interval has passed without a run.
    private static DateTimeOffset? ExpectedBy(Project project, Model model, DateTimeOffset? last, DateTimeOffset? pausedAt)
    {
        if (pausedAt is not null || last is not { } since || model.Schedule is not (IntervalSchedule or CronSchedule))
            return null;
        var times = ScheduleTimes.NextTimes(model.Schedule, project.TimeZone, since, 2);
        return times.Count == 2 ? times[1] + Grace : null;
    }

    private static string? Unusual(KeptRun last, IReadOnlyList<KeptRun> runs, ServerSettings settings)
    {
        foreach (var served in last.Destinations)
        {
            var tried = served.Delivered + served.Refused + served.Failed;
            if (served.Refused > 0 && served.Refused > tried * settings.UnusualRefusedShare)
                return string.Create(CultureInfo.InvariantCulture,
                    $"{served.Destination} refused {served.Refused:N0} of {tried:N0} records");
        }

        var before = runs.Where(run => run.Id != last.Id && WentThrough(run.Status)).Select(run => run.Records).Order().ToList();
        if (before.Count < FewestToCompare || !WentThrough(last.Status))
            return null;
        var median = before[before.Count / 2];
        return Math.Abs(last.Records - median) > median * settings.UnusualRecordsShare
            ? string.Create(CultureInfo.InvariantCulture, $"it has {last.Records:N0} records, where the runs before had about {median:N0}")
            : null;
    }

    private static bool WentThrough(KeptStatus status) => status is KeptStatus.Succeeded or KeptStatus.Partial;
}
