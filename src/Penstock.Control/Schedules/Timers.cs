using Quartz;

namespace Penstock.Control.Schedules;

/// <summary>Quartz as the clock: a timer per name, each for one moment. The moments are computed elsewhere.</summary>
internal sealed class Timers
{
    private const string Key = "fire";
    private readonly IScheduler _quartz;
    private readonly TimeProvider _time;

    private Timers(IScheduler quartz, TimeProvider time) => (_quartz, _time) = (quartz, time);

    /// <summary>Begins.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="fire">What is done at a moment, with the timer's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Timers> StartAsync(TimeProvider time, Func<string, CancellationToken, Task> fire,
        CancellationToken cancellationToken)
    {
        var quartz = await QuartzSchedulerBuilder.Create(builder => builder
            .ConfigureScheduler(options => options.InstanceName = "penstock-" + Guid.NewGuid().ToString("N"))
            .UseTimeProvider(time)
            .UseInMemoryStore()).BuildScheduler(cancellationToken);
        quartz.Context[Key] = fire;
        await quartz.Start(cancellationToken);
        return new(quartz, time);
    }

    /// <summary>Sets the moment of a timer; null to take it away. One that has passed fires at once.</summary>
    public async Task SetAsync(string name, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(name);
        await _quartz.UnscheduleJob(key, cancellationToken);
        if (at is not { } moment)
            return;
        var job = JobBuilder.Create<Fire>().WithIdentity($"{name}@{Guid.NewGuid():N}").Build();
        var trigger = TriggerBuilder.Create(_time).WithIdentity(key).StartAt(moment).Build();
        await _quartz.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
    }

    /// <summary>Stops; what fires now is waited for.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await _quartz.Shutdown(true, cancellationToken);

    /// <summary>What Quartz makes at a moment.</summary>
    internal sealed class Fire : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            await ((Func<string, CancellationToken, Task>)context.Scheduler.Context[Key]!)(context.Trigger.Key.Name, cancellationToken);
    }
}
