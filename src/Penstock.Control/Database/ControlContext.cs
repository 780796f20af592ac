using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Penstock.Control.Database;

/// <summary>The control database: what there is to know of runs. One derived context per database system holds the migrations.</summary>
internal abstract class ControlContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Run> Runs => Set<Run>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Run>(run =>
        {
            run.ToTable("runs");
            run.HasIndex(r => new { r.Model, r.Id });
            run.HasIndex(r => r.Status);
            run.HasMany(r => r.Steps).WithOne().HasForeignKey(step => step.RunId);
            run.HasMany(r => r.Destinations).WithOne().HasForeignKey(destination => destination.RunId);
        });
        modelBuilder.Entity<RunStepTime>().ToTable("run_steps");
        modelBuilder.Entity<RunDestination>(destination =>
        {
            destination.ToTable("run_destinations");
            destination.HasMany(d => d.Reasons).WithOne().HasForeignKey(reason => reason.DestinationId);
        });
        modelBuilder.Entity<RunReason>().ToTable("run_reasons");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

    // SQLite has no type for an instant: kept as UTC text, which sorts.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        kept => new DateTimeOffset(DateTime.SpecifyKind(kept, DateTimeKind.Utc)));
}
