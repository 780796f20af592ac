using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Penstock.Control.Database;
using Penstock.Control.Users;

namespace Penstock.Control.Audit;

/// <summary>Reads the audit log. There is no way to change it, neither here nor in the database.</summary>
public sealed class AuditService
{
    /// <summary>The most entries in a page.</summary>
    public const int MaxLimit = 500;

    private const string Escape = "\\";

    private readonly ControlDatabase _database;

    internal AuditService(ControlDatabase database) => _database = database;

    /// <summary>A page of entries, latest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Where the page begins, from <see cref="AuditPage.Next"/>; null, or what is none,
    /// for the latest.</param>
    /// <param name="limit">How many at most, from 1 to <see cref="MaxLimit"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<AuditPage> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _database.UseAsync(
            async context =>
            {
                var size = Math.Clamp(limit, 1, MaxLimit);
                var query = Restrict(context.Audit.AsNoTracking(), filter);
                if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                    query = query.Where(entry => entry.Id < before);
                var entries = await query.OrderByDescending(entry => entry.Id).Take(size + 1).ToListAsync(cancellationToken);
                var next = entries.Count > size ? entries[size - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
                return new AuditPage([.. entries.Take(size).Select(Show)], next);
            },
            cancellationToken);

    private static IQueryable<AuditEntry> Restrict(IQueryable<AuditEntry> query, AuditFilter filter)
    {
        if (Given(filter.Actor) is { } actor)
        {
            var name = Pattern(actor);
            query = query.Where(entry => entry.ActorId == actor || EF.Functions.Like(entry.ActorName.ToLower(), name, Escape));
        }

        if (Given(filter.Action) is { } action)
            query = query.Where(entry => entry.Action == action || entry.Action.StartsWith(action + "."));
        if (Given(filter.Subject) is { } subject)
            query = query.Where(entry => EF.Functions.Like(entry.Subject.ToLower(), Pattern(subject), Escape));
        if (filter.From is { } from)
            query = query.Where(entry => entry.At >= from);
        if (filter.To is { } to)
            query = query.Where(entry => entry.At < to);
        if (Given(filter.Text) is { } text)
        {
            var pattern = Pattern(text);
            query = query.Where(entry =>
                EF.Functions.Like(entry.Subject.ToLower(), pattern, Escape)
                || EF.Functions.Like(entry.ActorName.ToLower(), pattern, Escape)
                || (entry.Before != null && EF.Functions.Like(entry.Before.ToLower(), pattern, Escape))
                || (entry.After != null && EF.Functions.Like(entry.After.ToLower(), pattern, Escape)));
        }

        return query;
    }

    // Lower case on both sides: PostgreSQL tells cases apart in LIKE, SQLite only beyond ASCII.
    private static string Pattern(string text) =>
        "%" + text.ToLowerInvariant().Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal) + "%";

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static AuditRecord Show(AuditEntry entry) =>
        new(entry.Id, entry.At, Enum.TryParse<ActorKind>(entry.ActorKind, out var kind) ? kind : ActorKind.System, entry.ActorId,
            entry.ActorName, entry.From, entry.Action, entry.Subject)
        {
            Before = entry.Before,
            After = entry.After,
        };
}
