using Penstock.Control.Database;

namespace Penstock.Control.Tests.Running;

/// <summary>Many kept runs.</summary>
internal static class Runs
{
    public static Task AddAsync(Bench bench, string model, int count) => bench.Database.UseAsync(
        async context =>
        {
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i < count; i++)
            {
                var run = new Run
                {
                    Model = model,
                    Status = i % 10 == 0 ? "failed" : "succeeded",
                    StartedAt = bench.Time.GetUtcNow().AddMinutes(i - count),
                    Owner = "x",
                    Records = 100,
                };
                run.Destinations.Add(new() { Destination = "to_" + model, Status = "succeeded", Created = 2 });
                context.Runs.Add(run);
            }

            await context.SaveChangesAsync();
        },
        default);
}
