using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>Revisions in the control database, and what they read as.</summary>
internal sealed class RevisionStore(string folder, ConnectorCatalog connectors, TimeProvider time)
{
    private const int MostKept = 16;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ConcurrentDictionary<long, ProjectReading> _readings = new();

    /// <summary>The project folder, which relative paths are relative to.</summary>
    public string Folder => folder;

    /// <summary>The connectors at hand.</summary>
    public ConnectorCatalog Connectors => connectors;

    /// <summary>The newest revision; null for none.</summary>
    public static Task<Revision?> NewestAsync(ControlContext context, CancellationToken cancellationToken) =>
        context.Revisions.AsNoTracking().OrderByDescending(revision => revision.Number).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The revision of that number.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public static async Task<Revision> GetAsync(ControlContext context, long number, CancellationToken cancellationToken) =>
        await context.Revisions.AsNoTracking().SingleOrDefaultAsync(revision => revision.Number == number, cancellationToken)
        ?? throw new PenstockException(RevisionProblems.Unknown.Of($"There is no revision {number}."));

    /// <summary>A revision's files.</summary>
    public static IReadOnlyDictionary<string, string> Files(Revision revision) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(revision.Files, Json) ?? [];

    /// <summary>What it reads as. A revision never changes, so it is read once.</summary>
    public ProjectReading Read(Revision revision)
    {
        if (_readings.TryGetValue(revision.Number, out var known))
            return known;
        if (_readings.Count >= MostKept)
            _readings.Clear();
        return _readings[revision.Number] = ProjectReader.Read(Files(revision), folder, connectors);
    }

    /// <summary>The project of a revision; an empty one for none.</summary>
    /// <exception cref="Services.InvalidProjectException">This version finds errors in it.</exception>
    public Project Project(Revision? revision)
    {
        if (revision is null)
            return Empty();
        var reading = Read(revision);
        return reading.Project ?? throw new Services.InvalidProjectException(reading.Problems);
    }

    /// <summary>Where everything begins.</summary>
    public Project Empty() => new()
    {
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) is { Length: > 0 } name ? name : "Penstock",
        Folder = folder,
    };

    /// <summary>A revision to be added.</summary>
    public Revision New(
        long number, Actor actor, string comment, string origin, IReadOnlyDictionary<string, string> files, Project project) => new()
        {
            Number = number,
            At = time.GetUtcNow(),
            AuthorId = actor.Id,
            AuthorName = actor.Name,
            Comment = comment.Trim(),
            Origin = origin,
            Files = JsonSerializer.Serialize(new SortedDictionary<string, string>(files.ToDictionary(), StringComparer.Ordinal), Json),
            Hash = Hash(project),
        };

    /// <summary>Equal projects have equal ones.</summary>
    public static string Hash(Project project) => Hash(ProjectWriter.WriteCanonical(project));

    /// <summary>SHA-256 in hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What others see of it.</summary>
    public static RevisionInfo Info(Revision revision) => new(
        revision.Number, revision.At, revision.AuthorId, revision.AuthorName, revision.Comment, revision.Origin, revision.Hash);

    /// <summary>Saves; false when somebody else was faster.</summary>
    public static async Task<bool> TrySaveAsync(ControlContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (IsRace(exception))
        {
            return false;
        }
    }

    // Another changed the row (its version), or added the row of the same key.
    private static bool IsRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException
        || exception.InnerException is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: "23505" };
}
