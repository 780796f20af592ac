using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>
/// The shared draft of the next revision: one for the server, edited thing by thing. Two people who edit different things don't
/// disturb each other; of two who edit the same, the second is told.
/// </summary>
public sealed class DraftService
{
    private const int MostTries = 20;
    private readonly ControlDatabase _database;
    private readonly RevisionStore _store;
    private readonly RevisionService _revisions;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;
    private readonly DraftLoading _loading;

    internal DraftService(ControlDatabase database, RevisionStore store, RevisionService revisions, AuditLog audit, TimeProvider time)
    {
        (_database, _store, _revisions, _audit, _time) = (database, store, revisions, audit, time);
        _loading = new(store);
    }

    /// <summary>Raised after this process changed, published or discarded the draft: open pages show it anew.</summary>
    public event EventHandler? Changed;

    /// <summary>
    /// The draft as it is; the newest revision when nobody edited yet; an empty project when nothing was published either.
    /// </summary>
    /// <exception cref="PenstockException">It was written by another version and can't be read.</exception>
    public Task<DraftState> GetAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context => (await _loading.LoadAsync(context, cancellationToken)).State, cancellationToken);

    /// <summary>Changes the draft. When others change other things at the same moment, it is done again on theirs.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="thing">What is edited, by its word: <c>destination:braze_users</c>.</param>
    /// <param name="expectedEtag">The etag of the thing that was looked at; empty for one that must not be there yet; null to take it
    /// as it is.</param>
    /// <param name="edit">Gives the changed project; may be called several times. What it throws ends the edit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">Somebody else changed the thing (<c>draft.conflict</c>); nothing was overwritten.</exception>
    public async Task<DraftState> EditAsync(
        Actor actor, string thing, string? expectedEtag, Func<Project, Project> edit, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var state = await _database.UseAsync(
                async context =>
                {
                    var draft = await _loading.LoadAsync(context, cancellationToken);
                    if (expectedEtag is not null && draft.State.Etag(thing) != expectedEtag)
                        throw new PenstockException(ConflictOf(draft, thing));
                    return await SaveAsync(context, actor, draft, edit(draft.State.Project), null, cancellationToken);
                },
                cancellationToken);
            if (state is not null)
                return state;
        }

        throw new PenstockException(RevisionProblems.DraftBusy.Of("The draft is being changed by others all the time."));
    }

    /// <summary>Throws the draft away, so that the newest revision stands again.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="expectedVersion">The version that was looked at; null for whatever it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">It was changed since it was looked at.</exception>
    public async Task<DraftState> DiscardAsync(Actor actor, long? expectedVersion, CancellationToken cancellationToken)
    {
        await _database.UseAsync(
            async context =>
            {
                var row = await context.Drafts.SingleOrDefaultAsync(cancellationToken);
                if (row is null)
                    return;
                if (expectedVersion is { } version && version != row.Version)
                    throw new PenstockException(SeenOther(row));
                var newest = await RevisionStore.NewestAsync(context, cancellationToken);
                var project = newest is null ? _store.Empty() : _store.Read(newest).Project ?? _store.Empty();
                Put(row, actor, newest, project);
                row.Stamps = "{}";
                _audit.Add(context, actor, AuditActions.DraftDiscarded, "draft", null, new { baseRevision = row.BaseNumber });
                if (!await RevisionStore.TrySaveAsync(context, cancellationToken))
                    throw new PenstockException(SeenOther(row));
            },
            cancellationToken);
        Changed?.Invoke(this, EventArgs.Empty);
        return await GetAsync(cancellationToken);
    }

    /// <summary>What publishing the draft would change in the revision it was begun from.</summary>
    public Task<Changes> CompareAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var draft = await _loading.LoadAsync(context, cancellationToken);
            return draft.State.IsChanged ? Compare(draft) : Changes.None;
        },
        cancellationToken);

    /// <summary>The files that the draft comes to, finished or not: what a project locked to git takes into git.</summary>
    public Task<IReadOnlyDictionary<string, string>> FilesAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context => FilesOf(await _loading.LoadAsync(context, cancellationToken)), cancellationToken);

    /// <summary>Makes the draft the next revision.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="comment">What the author says about it.</param>
    /// <param name="expectedVersion">The version that was looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new revision.</returns>
    /// <exception cref="InvalidProjectException">The draft has errors; the exception has all of them.</exception>
    /// <exception cref="PenstockException">It was changed since it was looked at (<c>draft.conflict</c>), a newer revision was published
    /// (<c>draft.outdated</c>), or the project is locked to git (<c>revision.locked</c>).</exception>
    public async Task<RevisionInfo> PublishAsync(Actor actor, string comment, long expectedVersion, CancellationToken cancellationToken)
    {
        var published = await _database.UseAsync(
            async context =>
            {
                await RevisionService.RefuseLockedAsync(context, cancellationToken);
                var draft = await _loading.LoadAsync(context, cancellationToken);
                if (draft.Row is null || !draft.State.IsChanged)
                    throw new PenstockException(RevisionProblems.Unchanged.Of(
                        "The draft changes nothing, so there is nothing to publish."));
                if (draft.State.Version != expectedVersion)
                    throw new PenstockException(SeenOther(draft.Row));
                if (draft.State.IsOutdated)
                    throw new PenstockException(await OutdatedAsync(context, draft, cancellationToken));
                if (draft.State.Valid is not { } valid)
                    throw new InvalidProjectException(draft.State.Problems);
                var revision = _store.New((draft.Newest?.Number ?? 0) + 1, actor, comment, "draft", FilesOf(draft), valid);
                Put(draft.Row, actor, revision, valid);
                draft.Row.Stamps = "{}";
                return await _revisions.AddAsync(
                    context, actor, AuditActions.RevisionPublished, draft.Newest, revision, cancellationToken);
            },
            cancellationToken);
        _revisions.Announce(published);
        Changed?.Invoke(this, EventArgs.Empty);
        return published;
    }

    /// <summary>
    /// Brings the draft over the newest revision: what was changed on one side only is taken over; of what was changed on both, a
    /// person says which to take.
    /// </summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="expectedVersion">The version that was looked at.</param>
    /// <param name="choices">By the thing's word, which side to take of those changed on both.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">The draft was changed since it was looked at.</exception>
    public Task<RebaseResult> RebaseAsync(
        Actor actor, long expectedVersion, IReadOnlyDictionary<string, RebaseChoice> choices, CancellationToken cancellationToken) =>
        _database.UseAsync(
            async context =>
            {
                var draft = await _loading.LoadAsync(context, cancellationToken);
                if (draft.Row is null || !draft.State.IsOutdated)
                    return new RebaseResult(draft.State, []);
                if (draft.Row.Version != expectedVersion)
                    throw new PenstockException(SeenOther(draft.Row));
                var merge = new DraftMerge(draft.BaseProject, draft.State.Project, _store.Project(draft.Newest), choices);
                var merged = merge.Merge();
                if (merge.Conflicts.Count > 0)
                    return new RebaseResult(draft.State, merge.Conflicts);
                var state = await SaveAsync(context, actor, draft, merged, draft.Newest, cancellationToken);
                return new RebaseResult(state ?? throw new PenstockException(SeenOther(draft.Row)), []);
            },
            cancellationToken);

    // Null when somebody else was faster.
    private async Task<DraftState?> SaveAsync(
        ControlContext context, Actor actor, LoadedDraft draft, Project project, Revision? newBase, CancellationToken cancellationToken)
    {
        var json = ProjectJson.Write(project);
        if (newBase is null && json == ProjectJson.Write(draft.State.Project))
            return draft.State;
        var row = draft.Row;
        if (row is null)
            context.Drafts.Add(row = new() { Id = 1, Document = "", ChangedBy = "" });
        var stamps = Stamp.Read(row.Stamps);
        var (old, now) = (ProjectThings.Texts(draft.State.Project), ProjectThings.Texts(project));
        var secrets = LiteralSecrets.In(draft.State.Project, _store.Connectors).Concat(LiteralSecrets.In(project, _store.Connectors))
            .ToList();
        foreach (var changed in old.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Where(word => old.GetValueOrDefault(word) != now.GetValueOrDefault(word)))
        {
            stamps[changed] = new(actor.Name, _time.GetUtcNow());
            _audit.Add(context, actor, AuditActions.DraftEdited, changed, Shown(old), Shown(now));

            object? Shown(IReadOnlyDictionary<string, string> texts) => texts.TryGetValue(changed, out var text)
                ? new { yaml = LiteralSecrets.Hide(text, secrets) } : null;
        }

        Put(row, actor, newBase ?? draft.Base, project);
        row.Stamps = JsonSerializer.Serialize(stamps);
        if (!await RevisionStore.TrySaveAsync(context, cancellationToken))
            return null;
        Changed?.Invoke(this, EventArgs.Empty);
        return (await _loading.LoadAsync(context, cancellationToken)).State;
    }

    private void Put(Draft row, Actor actor, Revision? basis, Project project)
    {
        row.Document = ProjectJson.Write(project);
        row.BaseNumber = basis?.Number ?? 0;
        row.Version++;
        row.ChangedAt = _time.GetUtcNow();
        row.ChangedBy = actor.Name;
    }

    // As read, where it can be: reading puts some things in order, such as the case of the country.
    private IReadOnlyDictionary<string, string> FilesOf(LoadedDraft draft)
    {
        var project = draft.State.Valid ?? draft.State.Project;
        return draft.Base is null ? ProjectWriter.Write(project)
            : ProjectUpdate.Write(draft.BaseFiles, draft.BaseProject, project, _store.Connectors);
    }

    private Changes Compare(LoadedDraft draft) => Comparing.Compare(
        new(draft.Base is null ? null : draft.BaseProject, draft.BaseFiles), new(draft.State.Project, FilesOf(draft)), _store.Connectors);

    private static Problem ConflictOf(LoadedDraft draft, string thing)
    {
        var isGone = !draft.State.Things.ContainsKey(thing);
        var who = Stamp.Read(draft.Row?.Stamps).GetValueOrDefault(thing) is { } stamp ? (stamp.By, At: stamp.At)
            : draft.Newest is { } newest ? (newest.AuthorName, newest.At) : ((string By, DateTimeOffset At)?)null;
        var did = isGone ? "removed" : "changed";
        return RevisionProblems.Conflict.Of(
            who is { } known ? $"{known.By} {did} {Words.Thing(thing)} on {Words.Of(known.At)}, after you opened it."
                : $"{Words.Thing(thing)} was {did} after you opened it.",
            "Look at it as it is now, then make your change again; nothing was overwritten.");
    }

    private static Problem SeenOther(Draft row) => RevisionProblems.Conflict.Of(
        $"{row.ChangedBy} changed the draft on {Words.Of(row.ChangedAt)}, after you looked at it.",
        "Look at the changes as they are now, then decide again; nothing was done.");

    private static async Task<Problem> OutdatedAsync(ControlContext context, LoadedDraft draft, CancellationToken cancellationToken)
    {
        var since = await context.Revisions.AsNoTracking().Where(revision => revision.Number > draft.State.BaseRevision)
            .OrderBy(revision => revision.Number).Take(5).ToListAsync(cancellationToken);
        return RevisionProblems.Outdated.Of(
            $"The draft was begun from {(draft.State.BaseRevision == 0 ? "nothing" : $"revision {draft.State.BaseRevision}")}, and "
            + $"since then were published: {string.Join("; ", since.Select(Words.Of))}.",
            "Bring the draft up to date, look at it, then publish it.");
    }
}
