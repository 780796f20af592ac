using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>The draft as loaded: its row, what it was begun from, and what others see of it.</summary>
internal sealed record LoadedDraft(Draft? Row, Revision? Base, Revision? Newest, Project BaseProject, DraftState State)
{
    /// <summary>The files of the revision it was begun from.</summary>
    public IReadOnlyDictionary<string, string> BaseFiles => Base is null ? Comparing.NoFiles : RevisionStore.Files(Base);
}

/// <summary>Who last changed a thing of the draft.</summary>
internal sealed record Stamp(string By, DateTimeOffset At)
{
    public static Dictionary<string, Stamp> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, Stamp>>(json) ?? [];
}

/// <summary>Loads the draft and says what is wrong with it.</summary>
internal sealed class DraftLoading(RevisionStore store)
{
    private const int EtagLength = 32;

    // Editing pages ask for the same state again and again; validating a large project takes a while.
    private (long Version, long Base, long Newest, bool IsLocked, LoadedDraft Draft)? _last;

    /// <summary>Where the draft of a server without one begins.</summary>
    public async Task<LoadedDraft> LoadAsync(ControlContext context, CancellationToken cancellationToken)
    {
        var row = await context.Drafts.SingleOrDefaultAsync(cancellationToken);
        var newest = await RevisionStore.NewestAsync(context, cancellationToken);
        var isLocked = await RevisionService.IsLockedAsync(context, cancellationToken);
        var version = row?.Version ?? 0;
        if (_last is { } last && (last.Version, last.Base, last.Newest, last.IsLocked)
            == (version, row?.BaseNumber ?? -1, newest?.Number ?? 0, isLocked))
            return last.Draft with { Row = row };

        var basis = row is null || row.BaseNumber == (newest?.Number ?? 0) ? newest
            : await context.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.Number == row.BaseNumber, cancellationToken);
        var loaded = Load(row, basis, newest, isLocked);
        _last = (version, row?.BaseNumber ?? -1, newest?.Number ?? 0, isLocked, loaded with { Row = null });
        return loaded;
    }

    /// <summary>What validating says about a project that may be unfinished.</summary>
    public ProjectReading Validate(Project project) =>
        ProjectReader.Read(ProjectWriter.Write(project), store.Folder, store.Connectors);

    private LoadedDraft Load(Draft? row, Revision? basis, Revision? newest, bool isLocked)
    {
        var before = row is null ? store.Project(basis) : basis is null ? store.Empty() : store.Read(basis).Project ?? store.Empty();
        var project = row is null ? before : Read(row);
        var isChanged = row is not null && ProjectWriter.WriteCanonical(project) != ProjectWriter.WriteCanonical(before);
        if (!isChanged && basis?.Number != newest?.Number)
            (basis, project, before) = (newest, store.Project(newest), store.Project(newest)); // nothing to bring up to date
        var reading = Validate(project);
        return new(row, basis, newest, before, new()
        {
            Project = project,
            Problems = reading.Problems,
            Valid = reading.Project,
            BaseRevision = basis?.Number ?? 0,
            NewestRevision = newest?.Number ?? 0,
            Version = row?.Version ?? 0,
            IsChanged = isChanged,
            IsLocked = isLocked,
            Things = Stamps(project, before, Stamp.Read(row?.Stamps)),
        });
    }

    private Project Read(Draft row)
    {
        try
        {
            return ProjectJson.Read(row.Document, store.Folder);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or NotSupportedException)
        {
            throw new PenstockException(
                RevisionProblems.Unreadable.Of(
                    $"The draft that {row.ChangedBy} last changed on {Words.Of(row.ChangedAt)} can't be read by this version of Penstock.",
                    "Use the version that wrote it, or discard it."),
                exception);
        }
    }

    private static Dictionary<string, ThingStamp> Stamps(Project project, Project before, Dictionary<string, Stamp> stamps)
    {
        var old = ProjectThings.Texts(before);
        return ProjectThings.Texts(project).ToDictionary(
            pair => pair.Key,
            pair =>
            {
                var stamp = stamps.GetValueOrDefault(pair.Key);
                return new ThingStamp(
                    RevisionStore.Hash(pair.Value)[..EtagLength], old.GetValueOrDefault(pair.Key) != pair.Value, stamp?.By, stamp?.At);
            },
            StringComparer.Ordinal);
    }
}
