using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>
/// Keeps to a declared limit: never more than so many requests in any span of its window's length. Vendors count in fixed windows whose
/// beginning is theirs to choose; what holds for every span holds for theirs.
/// </summary>
internal sealed class SendLog
{
    private const int MostEntries = 4096;

    // The time of the last request of each group; a large limit is kept in groups, so that an hour's quota needs no megabytes.
    private readonly TimeSpan[] _lastOfGroup;
    private readonly int _groupSize;
    private readonly TimeSpan _per;
    private int _group;
    private int _inGroup;

    public SendLog(int requests, TimeSpan per)
    {
        _groupSize = ((requests - 1) / MostEntries) + 1;
        _lastOfGroup = new TimeSpan[requests / _groupSize];
        Array.Fill(_lastOfGroup, TimeSpan.MinValue);
        _per = per;
    }

    /// <summary>From limits; null where no rate is declared.</summary>
    public static SendLog? Of(Limits limits) => limits.Requests is { } requests ? new(Math.Max(1, requests), limits.Per) : null;

    /// <summary>When the next request may go.</summary>
    public TimeSpan NextAt => _inGroup > 0 || _lastOfGroup[_group] == TimeSpan.MinValue ? TimeSpan.Zero : _lastOfGroup[_group] + _per;

    /// <summary>Notes a request that goes at <paramref name="now"/>.</summary>
    public void Add(TimeSpan now)
    {
        _lastOfGroup[_group] = now;
        if (++_inGroup < _groupSize)
            return;
        _inGroup = 0;
        _group = (_group + 1) % _lastOfGroup.Length;
    }
}
