using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Schedules;

/// <summary>Schedules as people say them.</summary>
public static class ScheduleWords
{
    /// <summary>The schedule in a sentence.</summary>
    public static string Of(Schedule? schedule) => schedule switch
    {
        IntervalSchedule interval => $"Every {interval.Every}.",
        CronSchedule cron => $"At the times of {cron.Cron}.",
        AfterSchedule after => $"After each run of {after.ModelId} that went through.",
        ChangeSchedule change => $"When the answer of a query to {change.AppId} changes; it is asked every {change.Every}: {change.Query}",
        _ => "Only by hand or through the API.",
    };
}
