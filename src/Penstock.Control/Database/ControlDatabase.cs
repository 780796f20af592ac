using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;

namespace Penstock.Control.Database;

/// <summary>
/// Opens the control database, making or migrating it on first use. Several processes may use it at once: in SQLite each waits for the
/// others' short transactions.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to let go.")]
internal sealed class ControlDatabase(ControlLocation location, TimeSpan patience, TimeProvider time)
{
    /// <summary>The file's name in the workspace folder.</summary>
    public const string FileName = "control.db";

    // Others may be migrating at the same time, on a busy machine; that takes seconds at most.
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _isReady;

    /// <summary>Makes one over the SQLite file of a workspace folder.</summary>
    public ControlDatabase(string workspace, TimeSpan patience, TimeProvider time)
        : this(ControlLocation.InWorkspace(workspace), patience, time)
    {
    }

    /// <summary>Where it is.</summary>
    public ControlLocation Location => location;

    /// <summary>Whether there may be one already; reading needs no workspace to be made.</summary>
    public bool Exists => location.IsPostgres || File.Exists(location.File);

    /// <summary>Does <paramref name="work"/> on an open, current database.</summary>
    /// <exception cref="PenstockException">The file is busy, damaged, full, or of a newer version.</exception>
    public async Task<T> UseAsync<T>(Func<ControlContext, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureReadyAsync(cancellationToken);
            await using var context = Context();
            return await work(context);
        }
        catch (Exception exception) when (ControlFaults.Explain(exception, location, patience) is { } problem)
        {
            throw new PenstockException(problem, exception);
        }
    }

    /// <summary>A context of its own, for whoever keeps one longer; call <see cref="EnsureReadyAsync"/> first.</summary>
    public ControlContext Context()
    {
        if (location.IsPostgres)
        {
            return new PostgresControlContext(new DbContextOptionsBuilder<PostgresControlContext>()
                .UseNpgsql(location.ConnectionString, npgsql => npgsql.CommandTimeout(Math.Max(1, (int)patience.TotalSeconds))).Options);
        }

        // No pool: a pooled connection would keep the file open after the command's work is done. The time-out is SQLite's busy
        // time-out: it waits for the other's transaction so long.
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = location.File,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
            ForeignKeys = true,
        };
        return new SqliteControlContext(new DbContextOptionsBuilder<SqliteControlContext>().UseSqlite(connection.ToString()).Options);
    }

    /// <inheritdoc cref="UseAsync{T}"/>
    public Task UseAsync(Func<ControlContext, Task> work, CancellationToken cancellationToken) =>
        UseAsync<object?>(
            async context =>
            {
                await work(context);
                return null;
            },
            cancellationToken);

    /// <summary>Makes or migrates it, once.</summary>
    /// <exception cref="PenstockException">It can't be made, or is of a newer version.</exception>
    public async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
            return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (_isReady)
                return;
            if (!location.IsPostgres)
                Directory.CreateDirectory(location.Folder);
            await using var context = Context();
            if (await context.Database.CanConnectAsync(cancellationToken))
                await RefuseNewerAsync(context, cancellationToken);
            if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                await MigrateAsync(context, cancellationToken);
            _isReady = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(
                ControlProblems.NotWritable.Of($"The workspace folder {location.Folder} cannot be written: {exception.Message}",
                    "Name another with --workspace."),
                exception);
        }
        finally
        {
            _preparing.Release();
        }
    }

    // EF Core waits without end for a lock that a process killed while migrating leaves in the file.
    private async Task MigrateAsync(ControlContext context, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MigrationPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await context.Database.MigrateAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PenstockException(
                ControlProblems.Migrating.Of(
                    $"The control database {location} is being made or migrated by another program, or that program was killed meanwhile.",
                    "Run again. When that does not help, put back your last copy of it, or delete the lock it keeps (__EFMigrationsLock)."),
                exception);
        }
    }

    private async Task RefuseNewerAsync(ControlContext context, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations();
        var unknown = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(known,
            StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new PenstockException(
                ControlProblems.Newer.Of($"The control database {location} was written by a newer version of Penstock ({unknown}).",
                "Use that version or a later one, or another --workspace."));
        }
    }
}
