using System.Text;

namespace Penstock.Simulators.Braze;

/// <summary>A request that was answered, as <c>/_sim/requests</c> shows it.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Headers">Without the key.</param>
/// <param name="Body">Cut at 64 KB.</param>
/// <param name="Status">The status answered; 0 when the connection was cut.</param>
public sealed record BrazeRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body, int Status);

/// <summary>The last requests, bounded.</summary>
internal sealed class RequestLog
{
    private const int Kept = 1_000;
    private const int MaxBodyBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new(Kept);

    public void Add(
        string method, string path, string query, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, int status)
    {
        // Copied as bytes: most are never looked at, so none is decoded before.
        var entry = new Entry(method, path, query, headers, body[..Math.Min(body.Length, MaxBodyBytes)].ToArray(), status);
        lock (_lock)
        {
            if (_entries.Count == Kept)
                _entries.Dequeue();
            _entries.Enqueue(entry);
        }
    }

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<BrazeRequest> Last(int count = Kept)
    {
        Entry[] entries;
        lock (_lock)
            entries = [.. _entries.Skip(Math.Max(0, _entries.Count - count))];
        return
        [
            .. entries.Select(entry => new BrazeRequest(
                entry.Method, entry.Path, entry.Query, entry.Headers, Encoding.UTF8.GetString(entry.Body), entry.Status)),
        ];
    }

    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    private sealed record Entry(
        string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body, int Status);
}
