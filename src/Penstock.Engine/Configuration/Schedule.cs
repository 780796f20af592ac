namespace Penstock.Engine.Configuration;

/// <summary>When a model runs by itself. A model without one runs by hand or through the API only.</summary>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>Where it stands.</summary>
    public Position? Position { get; init; }
}

/// <summary>At regular times, counted from midnight in the project's zone where the length divides a day.</summary>
/// <param name="Every">The length between two runs: minutes, hours or days.</param>
public sealed record IntervalSchedule(RelativeSpan Every) : Schedule;

/// <summary>At the times of a cron expression, in the project's zone.</summary>
/// <param name="Cron">Five fields: minute, hour, day of the month, month, day of the week.</param>
public sealed record CronSchedule(string Cron) : Schedule;

/// <summary>After each run of another model that went through.</summary>
/// <param name="ModelId">The other model.</param>
public sealed record AfterSchedule(string ModelId) : Schedule;

/// <summary>When the answer of a query differs from the last time.</summary>
/// <param name="AppId">The app that is asked.</param>
/// <param name="Query">The query; only read, and only its first rows count.</param>
/// <param name="Every">How often it is asked.</param>
public sealed record ChangeSchedule(string AppId, string Query, RelativeSpan Every) : Schedule;
