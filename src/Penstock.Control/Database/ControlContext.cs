using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Penstock.Control.Users;

namespace Penstock.Control.Database;

/// <summary>The control database. One derived context per database system holds the migrations.</summary>
internal abstract class ControlContext(DbContextOptions options) : IdentityUserContext<User>(options), IDataProtectionKeyContext
{
    public DbSet<Run> Runs => Set<Run>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<StoredSecret> Secrets => Set<StoredSecret>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<ModelState> Models => Set<ModelState>();

    public DbSet<NotificationChannel> Channels => Set<NotificationChannel>();

    public DbSet<NotificationMessage> Messages => Set<NotificationMessage>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        MapRuns(builder);
        MapConfiguration(builder);
        MapPeople(builder);
        builder.Entity<ModelState>().ToTable("models").HasKey(model => model.Model);
        builder.Entity<NotificationChannel>().ToTable("notification_channels");
        builder.Entity<NotificationMessage>(message =>
        {
            message.ToTable("notification_messages");
            message.HasIndex(m => m.At);
            message.HasOne<NotificationChannel>().WithMany().HasForeignKey(m => m.ChannelId);
        });
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Role>().HaveConversion<string>().HaveMaxLength(20);
    }

    private static void MapRuns(ModelBuilder builder)
    {
        builder.Entity<Run>(run =>
        {
            run.ToTable("runs");
            run.HasIndex(r => new { r.Model, r.Id });
            run.HasIndex(r => new { r.Status, r.Id });
            run.HasIndex(r => r.StartedAt);
            run.HasMany(r => r.Steps).WithOne().HasForeignKey(step => step.RunId);
            run.HasMany(r => r.Destinations).WithOne().HasForeignKey(destination => destination.RunId);
        });
        builder.Entity<RunStepTime>().ToTable("run_steps");
        builder.Entity<RunDestination>(destination =>
        {
            destination.ToTable("run_destinations");
            destination.HasMany(d => d.Reasons).WithOne().HasForeignKey(reason => reason.DestinationId);
        });
        builder.Entity<RunReason>().ToTable("run_reasons");
        builder.Entity<IdempotencyKey>(key =>
        {
            key.ToTable("idempotency_keys");
            key.HasKey(k => k.Key);
            key.HasIndex(k => k.At);
            key.HasOne<Run>().WithMany().HasForeignKey(k => k.RunId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void MapConfiguration(ModelBuilder builder)
    {
        builder.Entity<Revision>(revision =>
        {
            revision.ToTable("revisions");
            revision.HasKey(r => r.Number);
            revision.Property(r => r.Number).ValueGeneratedNever(); // two who publish at once must meet, not get two numbers
        });
        builder.Entity<Draft>(draft =>
        {
            draft.ToTable("drafts");
            draft.Property(d => d.Id).ValueGeneratedNever();
            draft.Property(d => d.Version).IsConcurrencyToken();
        });
        builder.Entity<StoredSecret>().ToTable("secrets").HasKey(secret => secret.Name);
        builder.Entity<Setting>().ToTable("settings").HasKey(setting => setting.Name);
    }

    private static void MapPeople(ModelBuilder builder)
    {
        builder.Entity<User>().ToTable("users");
        builder.Entity<IdentityUserClaim<string>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("user_tokens");
        builder.Entity<Invitation>(invitation =>
        {
            invitation.ToTable("invitations");
            invitation.HasIndex(i => i.TokenHash).IsUnique();
        });
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasIndex(k => k.Prefix).IsUnique();
        });
        builder.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit");
            entry.HasIndex(e => e.At);
            entry.HasIndex(e => e.Subject);
        });
    }

    // SQLite has no type for an instant: kept as UTC text, which sorts; PostgreSQL's timestamptz takes UTC only.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        kept => new DateTimeOffset(DateTime.SpecifyKind(kept, DateTimeKind.Utc)));
}
