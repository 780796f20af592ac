using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>Published configurations: numbered, never changed, the newest is what runs.</summary>
public sealed class RevisionService
{
    private const int MostOfAPage = 200;
    private const string LockSetting = "revision_lock";
    private readonly ControlDatabase _database;
    private readonly RevisionStore _store;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal RevisionService(ControlDatabase database, RevisionStore store, AuditLog audit, TimeProvider time, ILogger logger) =>
        (_database, _store, _audit, _time, _logger) = (database, store, audit, time, logger);

    /// <summary>Raised after a revision was published by this process, by whatever way. What a handler throws is only logged.</summary>
    public event EventHandler<PublishedEventArgs>? Published;

    /// <summary>Revisions, newest first.</summary>
    /// <param name="before">Only those below this number; null for all.</param>
    /// <param name="limit">The most to give; 200 at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<RevisionPage> ListAsync(long? before, int limit, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var count = Math.Clamp(limit, 1, MostOfAPage);
            var below = before ?? long.MaxValue;
            var found = await context.Revisions.AsNoTracking().Where(revision => revision.Number < below)
                .OrderByDescending(revision => revision.Number).Take(count + 1)
                .Select(r => new RevisionInfo(r.Number, r.At, r.AuthorId, r.AuthorName, r.Comment, r.Origin, r.Hash))
                .ToListAsync(cancellationToken);
            return new RevisionPage([.. found.Take(count)], found.Count > count ? found[count - 1].Number : null);
        },
        cancellationToken);

    /// <summary>A revision with its files.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public Task<RevisionContent> GetAsync(long number, CancellationToken cancellationToken) => _database.UseAsync(
        async context => Content(await RevisionStore.GetAsync(context, number, cancellationToken)), cancellationToken);

    /// <summary>The newest revision with its files; null when nothing was published.</summary>
    public Task<RevisionContent?> PullAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context => await RevisionStore.NewestAsync(context, cancellationToken) is { } newest ? Content(newest) : null,
        cancellationToken);

    /// <summary>The project that runs: the newest revision's; null when nothing was published. Read once for each revision.</summary>
    /// <exception cref="InvalidProjectException">This version of Penstock finds errors in it.</exception>
    public Task<PublishedProject?> CurrentAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            if (await RevisionStore.NewestAsync(context, cancellationToken) is not { } newest)
                return null;
            var project = _store.Project(newest);
            return new PublishedProject(RevisionStore.Info(newest), project, _store.Read(newest).Problems);
        },
        cancellationToken);

    /// <summary>The number of the newest revision; 0 for none.</summary>
    public Task<long> NewestNumberAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context => await context.Revisions.MaxAsync(revision => (long?)revision.Number, cancellationToken) ?? 0, cancellationToken);

    /// <summary>What changed from one revision to another.</summary>
    /// <param name="from">The earlier one; 0 for nothing.</param>
    /// <param name="to">The later one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Changes> CompareAsync(long from, long to, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var before = from == 0 ? null : await RevisionStore.GetAsync(context, from, cancellationToken);
            return Compare(before, await RevisionStore.GetAsync(context, to, cancellationToken));
        },
        cancellationToken);

    /// <summary>Publishes an earlier revision again, as a new one.</summary>
    /// <returns>The new revision.</returns>
    /// <exception cref="PenstockException">There is none of that number, it has errors by now, or the project is locked to git.</exception>
    public async Task<RevisionInfo> RollbackAsync(Actor actor, long number, string comment, CancellationToken cancellationToken)
    {
        var published = await _database.UseAsync(
            async context =>
            {
                await RefuseLockedAsync(context, cancellationToken);
                var old = await RevisionStore.GetAsync(context, number, cancellationToken);
                var newest = await RevisionStore.NewestAsync(context, cancellationToken);
                var words = comment.Trim().Length > 0 ? comment : $"Back to revision {number}";
                var revision = _store.New(
                    (newest ?? old).Number + 1, actor, words, "rollback", RevisionStore.Files(old), _store.Project(old));
                return await AddAsync(context, actor, AuditActions.RevisionRestored, newest, revision, cancellationToken);
            },
            cancellationToken);
        Announce(published);
        return published;
    }

    /// <summary>Publishes files as they are.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="files">All files of the project, by name.</param>
    /// <param name="comment">What the author says about it.</param>
    /// <param name="expectedBase">The revision that the files come from; 0 for one that was never pulled; null to put them over
    /// whatever is there.</param>
    /// <param name="dryRun">Whether to say only what would change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidProjectException">The files have errors.</exception>
    /// <exception cref="PenstockException">A newer revision was published (<c>revision.conflict</c>).</exception>
    public async Task<ApplyResult> ApplyAsync(
        Actor actor, IReadOnlyDictionary<string, string> files, string comment, long? expectedBase, bool dryRun,
        CancellationToken cancellationToken)
    {
        FileNames.Check(files.Keys);
        var reading = ProjectReader.Read(files, _store.Folder, _store.Connectors);
        if (reading.Project is not { } project)
            throw new InvalidProjectException(reading.Problems);
        var (result, published) = await _database.UseAsync(
            async context =>
            {
                var newest = await RevisionStore.NewestAsync(context, cancellationToken);
                var revision = _store.New((newest?.Number ?? 0) + 1, actor, comment, "apply", files, project);
                if (newest?.Files == revision.Files)
                    return (new ApplyResult(newest.Number, true, dryRun, Changes.None, reading.Problems), (RevisionInfo?)null);
                if (newest is not null && expectedBase is { } known && known != newest.Number)
                    throw new PenstockException(await ConflictAsync(context, known, newest, cancellationToken));
                var changes = Compare(newest, revision, project);
                var info = dryRun ? null
                    : await AddAsync(context, actor, AuditActions.RevisionApplied, newest, revision, cancellationToken);
                return (new ApplyResult(revision.Number, false, dryRun, changes, reading.Problems), info);
            },
            cancellationToken);
        if (published is not null)
            Announce(published);
        return result;
    }

    /// <summary>Whether the project is published from files only.</summary>
    public Task<bool> IsLockedAsync(CancellationToken cancellationToken) =>
        _database.UseAsync(context => IsLockedAsync(context, cancellationToken), cancellationToken);

    /// <summary>Locks the project to git, or takes the lock off: while it is on, drafts and rollbacks can't be published.</summary>
    public Task SetLockAsync(Actor actor, bool isLocked, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var was = await IsLockedAsync(context, cancellationToken);
            var setting = await context.Settings.SingleOrDefaultAsync(candidate => candidate.Name == LockSetting, cancellationToken);
            if (setting is null)
                context.Settings.Add(setting = new() { Name = LockSetting, Value = "", ChangedBy = "" });
            (setting.Value, setting.ChangedAt, setting.ChangedBy) = (isLocked ? "true" : "false", _time.GetUtcNow(), actor.Name);
            _audit.Add(context, actor, AuditActions.SettingChanged, LockSetting, new { isLocked = was }, new { isLocked });
            await context.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    internal static async Task<bool> IsLockedAsync(ControlContext context, CancellationToken cancellationToken) =>
        await context.Settings.AnyAsync(setting => setting.Name == LockSetting && setting.Value == "true", cancellationToken);

    internal static async Task RefuseLockedAsync(ControlContext context, CancellationToken cancellationToken)
    {
        if (await IsLockedAsync(context, cancellationToken))
        {
            throw new PenstockException(RevisionProblems.Locked.Of(
                "The project is locked to git, so it is published by `penstock apply` only.",
                "Take the YAML of the draft into git, or have an administrator take the lock off."));
        }
    }

    /// <summary>Adds the revision and its audit entry, and saves with what else the context holds.</summary>
    /// <exception cref="PenstockException">Another was published at the same moment.</exception>
    internal async Task<RevisionInfo> AddAsync(
        ControlContext context, Actor actor, string action, Revision? newest, Revision revision, CancellationToken cancellationToken)
    {
        context.Revisions.Add(revision);
        _audit.Add(context, actor, action, $"revision:{revision.Number}",
            newest is null ? null : new { newest.Number }, new { revision.Number, revision.Comment, revision.Origin });
        if (!await RevisionStore.TrySaveAsync(context, cancellationToken))
            throw new PenstockException(RevisionProblems.PublishBusy.Of("Somebody else published at the same moment."));
        return RevisionStore.Info(revision);
    }

    internal void Announce(RevisionInfo revision)
    {
        foreach (var handler in Published?.GetInvocationList().Cast<EventHandler<PublishedEventArgs>>() ?? [])
        {
            try
            {
                handler(this, new(revision));
            }
            catch (Exception exception)
            {
                _logger.PublishedHandlerFailed(exception, revision.Number); // what was published stays so
            }
        }
    }

    private Changes Compare(Revision? before, Revision after, Project? project = null) => Comparing.Compare(
        new(before is null ? null : _store.Read(before).Project ?? _store.Empty(), before is null ? Comparing.NoFiles
            : RevisionStore.Files(before)),
        new(project ?? _store.Read(after).Project ?? _store.Empty(), RevisionStore.Files(after)), _store.Connectors);

    private async Task<Problem> ConflictAsync(ControlContext context, long known, Revision newest, CancellationToken cancellationToken)
    {
        var since = await context.Revisions.AsNoTracking().Where(revision => revision.Number > known)
            .OrderBy(revision => revision.Number).Take(5).ToListAsync(cancellationToken);
        var before = known == 0 ? null
            : await context.Revisions.AsNoTracking().SingleOrDefaultAsync(revision => revision.Number == known, cancellationToken);
        var things = Compare(before, newest).Things.Select(thing => thing.Title).Take(10).ToList();
        var who = string.Join("; ", since.Select(Words.Of));
        return RevisionProblems.Newer.Of(
            (known == 0 ? "The files were never pulled from here, and there are revisions already: "
                : $"The files come from revision {known}, and newer ones were published since: ")
            + $"{who}." + (things.Count > 0 ? $" They change: {string.Join(", ", things)}." : ""),
            "Nothing was published. Run 'penstock pull' in a copy and take both over, or put these files over it with --force.");
    }

    private static RevisionContent Content(Revision revision) => new(RevisionStore.Info(revision), RevisionStore.Files(revision));
}

/// <summary>A revision was published.</summary>
/// <param name="revision">The new revision.</param>
public sealed class PublishedEventArgs(RevisionInfo revision) : EventArgs
{
    /// <summary>The new revision.</summary>
    public RevisionInfo Revision { get; } = revision;
}
