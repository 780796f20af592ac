using System.Collections.Concurrent;

namespace Penstock.Control.Users;

/// <summary>
/// What this process last read of each account, so that not every request asks the database. A change made here counts at once, one
/// made by another process within <see cref="MaxAge"/>.
/// </summary>
internal sealed class SessionCache(TimeProvider time)
{
    /// <summary>How long what was read counts.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>How long it counts while the database does not answer.</summary>
    public static readonly TimeSpan MaxAgeWithoutDatabase = TimeSpan.FromMinutes(15);

    // Nobody's id gets in here unless a valid cookie named it, so it holds as many entries as there are people.
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>What is known and not older than that.</summary>
    public bool TryGet(string person, TimeSpan maxAge, out Session? session)
    {
        var found = _known.TryGetValue(person, out var known) && time.GetUtcNow() - known.At <= maxAge;
        session = found ? known.Session : null;
        return found;
    }

    /// <summary>Keeps what was read; null for an account that is gone or disabled.</summary>
    public void Set(string person, Session? session) => _known[person] = new(session, time.GetUtcNow());

    /// <summary>Asks the database next time.</summary>
    public void Forget(string person) => _known.TryRemove(person, out _);

    private readonly record struct Known(Session? Session, DateTimeOffset At);
}
