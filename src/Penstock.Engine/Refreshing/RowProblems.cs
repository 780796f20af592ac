using Penstock.Engine.Workspace;

namespace Penstock.Engine.Refreshing;

/// <summary>
/// Counts what is wrong with rows, by property and reason, and keeps a few samples: its size does not grow with the rows.
/// </summary>
internal sealed class RowProblems(string source)
{
    private const int MaxSamples = 10;
    private const int MaxReasons = 100;

    private readonly Dictionary<(string? Property, string Reason), Entry> _entries = [];

    /// <summary>What was counted, most frequent first.</summary>
    public IReadOnlyList<RowProblem> All =>
    [
        .. _entries
            .OrderByDescending(pair => pair.Value.Count)
            .ThenBy(pair => pair.Key.Property, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Reason, StringComparer.Ordinal)
            .Select(pair => new RowProblem(source, pair.Key.Property, pair.Key.Reason, pair.Value.Count, pair.Value.Samples)),
    ];

    /// <summary>Counts one.</summary>
    /// <param name="property">The property whose value became null; null when the row was left out.</param>
    /// <param name="reason">A phrase of ours or of the connector. Should one put values into it, the hundredth and later ones count as
    /// one.</param>
    /// <param name="value">The value, as much of it as a sample shows.</param>
    /// <param name="key">Gives the row's key, for a sample.</param>
    public void Add(string? property, string reason, string value, Func<string> key)
    {
        if (_entries.Count >= MaxReasons && !_entries.ContainsKey((property, reason)))
            reason = "other";
        if (!_entries.TryGetValue((property, reason), out var entry))
            _entries.Add((property, reason), entry = new Entry());
        entry.Count++;
        if (entry.Samples.Count < MaxSamples)
            entry.Samples.Add(new RowSample(key(), value));
    }

    private sealed class Entry
    {
        public long Count { get; set; }

        public List<RowSample> Samples { get; } = [];
    }
}
