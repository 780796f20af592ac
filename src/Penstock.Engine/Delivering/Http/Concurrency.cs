namespace Penstock.Engine.Delivering.Http;

/// <summary>
/// How many requests may be in flight: doubles with each round until the first trouble, then grows by one a round; trouble takes 30 %,
/// once a round. As TCP does, and for the same reason: nobody tells how much the far end can bear.
/// </summary>
internal sealed class Concurrency(int start, int most)
{
    private const double AfterTrouble = 0.7;
    private double _allowed = Math.Min(start, most);
    private bool _hadTrouble;
    private TimeSpan _shrunkAt = TimeSpan.MinValue;

    public int Allowed => (int)_allowed;

    public void Grow() => _allowed = Math.Min(most, _allowed + (_hadTrouble ? 1 / _allowed : 1));

    /// <param name="entered">When the request in trouble went: one that went before the last shrinking tells nothing new.</param>
    /// <param name="now">Now.</param>
    public void Shrink(TimeSpan entered, TimeSpan now)
    {
        if (entered <= _shrunkAt)
            return;
        _shrunkAt = now;
        _hadTrouble = true;
        _allowed = Math.Max(1, _allowed * AfterTrouble);
    }
}
