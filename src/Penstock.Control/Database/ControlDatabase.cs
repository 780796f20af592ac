using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;

namespace Penstock.Control.Database;

/// <summary>
/// Opens the control database of a workspace, making or migrating it on first use. Several processes may use it at once: each waits for
/// the others' short transactions.
/// </summary>
internal sealed class ControlDatabase(string workspace, TimeSpan patience, TimeProvider time)
{
    /// <summary>The file's name in the workspace folder.</summary>
    public const string FileName = "control.db";

    // Others may be migrating at the same time, on a busy machine; that takes seconds at most.
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromMinutes(1);

    private readonly string _file = Path.Combine(workspace, FileName);
    private volatile bool _isReady;

    /// <summary>Whether there is one already; reading needs no workspace to be made.</summary>
    public bool Exists => File.Exists(_file);

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
        catch (Exception exception) when (Sqlite(exception) is { } error)
        {
            throw new PenstockException(Explain(error), exception);
        }
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

    private async Task EnsureReadyAsync(CancellationToken cancellationToken)
    {
        if (_isReady)
            return;
        try
        {
            Directory.CreateDirectory(workspace);
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
                ControlProblems.NotWritable.Of($"The workspace folder {workspace} cannot be written: {exception.Message}",
                    "Name another with --workspace."),
                exception);
        }
    }

    // EF Core waits without end for a lock that a process killed while migrating leaves in the file.
    private async Task MigrateAsync(SqliteControlContext context, CancellationToken cancellationToken)
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
                    $"The control database {_file} is being made or migrated by another program, or that program was killed meanwhile.",
                    "Run again. When that does not help, move the file away: only the list of past runs is lost."),
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
                ControlProblems.Newer.Of($"The control database {_file} was written by a newer version of Penstock ({unknown}).",
                "Use that version or a later one, or another --workspace."));
        }
    }

    private SqliteControlContext Context()
    {
        // No pool: a pooled connection would keep the file open after the command's work is done. The time-out is SQLite's busy
        // time-out: it waits for the other's transaction so long.
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)patience.TotalSeconds),
            ForeignKeys = true,
        };
        return new(new DbContextOptionsBuilder<SqliteControlContext>().UseSqlite(connection.ToString()).Options);
    }

    private static SqliteException? Sqlite(Exception exception) =>
        exception as SqliteException ?? (exception.InnerException is { } inner ? Sqlite(inner) : null);

    // The codes are SQLite's primary result codes: sqlite.org/rescode.html.
    private Problem Explain(SqliteException error) => error.SqliteErrorCode switch
    {
        5 or 6 =>
            ControlProblems.Busy.Of(
                $"The control database {_file} is in use by another program, and stayed so for {patience.TotalSeconds:0} s.",
            "Wait for the other to end, or close the program that holds the file."),
        8 or 14 or 23 => ControlProblems.NotWritable.Of($"The control database {_file} cannot be written: {error.Message}",
            "Check the folder's permissions, or name another with --workspace."),
        13 => ControlProblems.DiskFull.Of($"The disk that holds {_file} is full.", "Make room and run again: nothing delivered is lost."),
        11 or 26 => ControlProblems.Damaged.Of($"The control database {_file} is damaged or is none.",
            "Move the file away: only the list of past runs is lost, what was delivered is kept elsewhere in the workspace."),
        _ => ControlProblems.Unusable.Of($"The control database {_file} cannot be used: {error.Message}"),
    };
}
