namespace Penstock.Simulators.Braze;

/// <summary>What goes wrong with an answer.</summary>
public enum BrazeFaultKind
{
    /// <summary>Nothing by itself: a status, headers or a delay.</summary>
    None,

    /// <summary>The connection is cut before anything is applied.</summary>
    Reset,

    /// <summary>The request is applied, then the connection is cut.</summary>
    ResetAfterApply,

    /// <summary>Nothing is applied and no answer comes until the caller gives up.</summary>
    Hang,

    /// <summary>The request is applied; half the answer comes, then the connection is cut.</summary>
    Truncate,

    /// <summary>The request is applied; the answer's body is not JSON.</summary>
    Garbage,
}

/// <summary>A fault for the next requests that match.</summary>
public sealed record BrazeFault
{
    /// <summary>A part of the path, such as <c>/users/track</c>; empty matches every path.</summary>
    public string Match { get; init; } = "";

    /// <summary>For how many requests; below 0 for ever. 1 by default.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Answered instead of the real one, without applying the request; a status under 300 applies it.</summary>
    public int? Status { get; init; }

    /// <summary>What breaks.</summary>
    public BrazeFaultKind Kind { get; init; }

    /// <summary>Headers added to the answer, or put in place of those it has; an empty value takes the header away.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body in place of the real one; text that is not JSON is sent as HTML.</summary>
    public string? Body { get; init; }

    /// <summary>How long the answer waits after the request was applied.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>The faults that are still to come, first come first served.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<(BrazeFault Fault, int Left)> _faults = [];

    public void Add(BrazeFault fault)
    {
        lock (_lock)
            _faults.Add((fault, fault.Times));
    }

    /// <summary>The fault for a request, used up by one; null when none matches.</summary>
    public BrazeFault? Take(string path)
    {
        lock (_lock)
        {
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, left) = _faults[i];
                if (left == 0 || !path.Contains(fault.Match, StringComparison.Ordinal))
                    continue;
                if (left == 1)
                    _faults.RemoveAt(i);
                else if (left > 1)
                    _faults[i] = (fault, left - 1);
                return fault;
            }

            return null;
        }
    }

    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }
}
