namespace Penstock.Simulators.Braze;

/// <summary>
/// Finds users that are in two requests at once. Braze promises no order between requests (Braze docs, POST /users/track, 2026), so a
/// caller that does this can end with the older value, or with a deleted user that lives on.
/// </summary>
internal sealed class Races
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Call> _inFlight = [];
    private readonly List<string> _findings = [];

    public int Count { get; private set; }

    public IReadOnlyList<string> Findings
    {
        get
        {
            lock (_lock)
                return [.. _findings];
        }
    }

    /// <summary>True when the call now holds the user, false when it or another one already did.</summary>
    public bool Enter(Call call, string user)
    {
        lock (_lock)
        {
            if (_inFlight.TryAdd(user, call))
                return true;
            if (_inFlight[user] != call)
            {
                Count++;
                if (_findings.Count < Kept)
                    _findings.Add($"{user}: {call.Path} while {_inFlight[user].Path} was in flight");
            }

            return false;
        }
    }

    public void Leave(List<string> users)
    {
        if (users.Count == 0)
            return;
        lock (_lock)
        {
            foreach (var user in users)
                _inFlight.Remove(user);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _findings.Clear();
            Count = 0;
        }
    }
}
