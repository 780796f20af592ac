using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Secrets;

/// <summary>
/// Secrets that Penstock keeps, encrypted; configurations refer to them by <c>${secret:NAME}</c>. Values only ever go in.
/// </summary>
public sealed partial class SecretService
{
    private readonly ControlDatabase _database;
    private readonly SecretVault _vault;
    private readonly RevisionStore _revisions;
    private readonly ProjectService _files;
    private readonly AuditLog _audit;
    private readonly TimeProvider _time;

    internal SecretService(
        ControlDatabase database, SecretVault vault, RevisionStore revisions, ProjectService files, AuditLog audit, TimeProvider time) =>
        (_database, _vault, _revisions, _files, _audit, _time) = (database, vault, revisions, files, audit, time);

    /// <summary>All secrets by name, with what refers to them in the newest revision, the draft, and the project's files.</summary>
    public Task<IReadOnlyList<SecretInfo>> ListAsync(CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var projects = await ProjectsAsync(context, cancellationToken);
            var secrets = await context.Secrets.AsNoTracking().OrderBy(secret => secret.Name)
                .Select(secret => new { secret.Name, secret.CreatedAt, secret.ChangedAt, secret.ChangedBy }).ToListAsync(cancellationToken);
            return (IReadOnlyList<SecretInfo>)[.. secrets.OrderBy(secret => secret.Name, StringComparer.Ordinal).Select(secret =>
                new SecretInfo(secret.Name, secret.CreatedAt, secret.ChangedAt, secret.ChangedBy, UsersOf(projects, secret.Name)))];
        },
        cancellationToken);

    /// <summary>Stores a secret, in the place of the one of that name if there is one.</summary>
    /// <exception cref="PenstockException">The name or the value can't be a secret's, or the master key is missing.</exception>
    public async Task SetAsync(Actor actor, string name, Secret value, CancellationToken cancellationToken)
    {
        if (!Name().IsMatch(name))
        {
            throw new PenstockException(SecretProblems.InvalidName.Of(
                $"`{(name.Length > 60 ? name[..60] + "…" : name)}` can't be a secret's name.",
                "It begins with a letter and holds letters, digits, underscores, dashes and dots, 100 at most."));
        }

        if (value.IsEmpty)
            throw new PenstockException(SecretProblems.Empty.Of($"No value was given for the secret `{name}`."));
        await _database.EnsureReadyAsync(cancellationToken);
        var ciphertext = await Task.Run(() => _vault.Seal(name, value), cancellationToken);
        await _database.UseAsync(
            async context =>
            {
                var now = _time.GetUtcNow();
                var secret = await context.Secrets.SingleOrDefaultAsync(candidate => candidate.Name == name, cancellationToken);
                var before = secret is null ? null : new { secret.ChangedAt, secret.ChangedBy };
                if (secret is null)
                    context.Secrets.Add(secret = new() { Name = name, Ciphertext = "", ChangedBy = "", CreatedAt = now });
                (secret.Ciphertext, secret.ChangedAt, secret.ChangedBy) = (ciphertext, now, actor.Name);
                _audit.Add(context, actor, AuditActions.SecretSet, $"secret:{name}", before, new { secret.ChangedAt, secret.ChangedBy });
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Removes a secret.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="force">Whether to do it though apps refer to it, which then can't connect.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">There is none, or it is used.</exception>
    public Task RemoveAsync(Actor actor, string name, bool force, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var secret = await context.Secrets.SingleOrDefaultAsync(candidate => candidate.Name == name, cancellationToken)
                ?? throw new PenstockException(SecretProblems.Gone.Of(
                    $"There is no secret `{name}`.", "'penstock secret list' shows them."));
            var users = UsersOf(await ProjectsAsync(context, cancellationToken), name);
            if (users.Count > 0 && !force)
            {
                throw new PenstockException(SecretProblems.InUse.Of(
                    $"The secret `{name}` is used by {string.Join(", ", users)}.",
                    "Change these first, or use --force: they then can't connect."));
            }

            context.Secrets.Remove(secret);
            _audit.Add(context, actor, AuditActions.SecretRemoved, $"secret:{name}", new { secret.ChangedAt, secret.ChangedBy }, null);
            await context.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    private async Task<List<Project>> ProjectsAsync(ControlContext context, CancellationToken cancellationToken)
    {
        var projects = new List<Project>();
        if (await RevisionStore.NewestAsync(context, cancellationToken) is { } newest && _revisions.Read(newest).Project is { } published)
            projects.Add(published);
        if (await context.Drafts.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } draft)
        {
            try
            {
                projects.Add(ProjectJson.Read(draft.Document, _revisions.Folder));
            }
            catch (System.Text.Json.JsonException)
            {
                // A draft of another version: what it refers to can't be told.
            }
        }

        if (_files.Read().Project is { } files)
            projects.Add(files);
        return projects;
    }

    private static List<string> UsersOf(List<Project> projects, string name) =>
    [
        .. projects.SelectMany(project => project.Apps).Where(app => SecretReferences.Of(app, "secret").Contains(name))
            .Select(app => $"app {app.Id}")
            .Concat(projects.SelectMany(project => project.Destinations)
                .Where(destination => SecretReferences.Of(destination, "secret").Contains(name))
                .Select(destination => $"destination {destination.Id}"))
            .Distinct(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}

/// <summary>A stored secret, without its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was first stored.</param>
/// <param name="ChangedAt">When its value was last replaced.</param>
/// <param name="ChangedBy">By whom.</param>
/// <param name="UsedBy">What refers to it: <c>app braze</c>.</param>
public sealed record SecretInfo(
    string Name, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string ChangedBy, IReadOnlyList<string> UsedBy);
