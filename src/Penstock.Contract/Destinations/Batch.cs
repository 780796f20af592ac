namespace Penstock.Contract;

/// <summary>What a batch asks for.</summary>
public enum Operation
{
    /// <summary>Create or update.</summary>
    Write,

    /// <summary>Remove.</summary>
    Remove,

    /// <summary>Give another key.</summary>
    Rename,

    /// <summary>Find by key.</summary>
    Find,

    /// <summary>Add to a group.</summary>
    Enter,

    /// <summary>Take out of a group.</summary>
    Leave,
}

/// <summary>
/// The records of one request, each with what changed. Filled by the engine, then read only; values lie in flat arrays, so that a batch
/// costs a few allocations whatever its size.
/// </summary>
public sealed class Batch
{
    private readonly List<Row> _rows;
    private readonly List<Value> _values;
    private readonly List<bool> _changed;
    private readonly List<GroupState> _groups;

    /// <summary>An empty batch with room for <paramref name="capacity"/> records.</summary>
    public Batch(DestinationContext destination, Operation operation, int capacity)
    {
        Destination = destination;
        Operation = operation;
        _rows = new(capacity);
        _values = new(capacity * destination.Fields.Count);
        _changed = new(capacity * destination.Fields.Count);
        _groups = new(capacity * destination.Groups.Count);
    }

    /// <summary>The destination it is for.</summary>
    public DestinationContext Destination { get; }

    /// <summary>What it asks for.</summary>
    public Operation Operation { get; }

    /// <summary>How many records it has.</summary>
    public int Count => _rows.Count;

    /// <summary>The record at <paramref name="index"/>, counted from 0.</summary>
    public Change this[int index] => index < _rows.Count ? new(this, index) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>
    /// Adds a record; then <see cref="Set"/> and <see cref="SetGroup"/> say what changed of it. For the engine and for tests.
    /// </summary>
    /// <param name="number">The engine's own number of the record's change.</param>
    /// <param name="key">The key at the far end.</param>
    /// <param name="isCreate">Whether nothing of it was delivered before.</param>
    /// <param name="remoteId">The vendor's id, where known.</param>
    /// <param name="previousKey">The key before, for a rename.</param>
    public void Add(long number, string key, bool isCreate, string? remoteId = null, string? previousKey = null)
    {
        _rows.Add(new(number, key, isCreate, remoteId, previousKey));
        for (var i = 0; i < Destination.Fields.Count; i++)
        {
            _values.Add(Value.Null);
            _changed.Add(false);
        }

        for (var i = 0; i < Destination.Groups.Count; i++)
            _groups.Add(GroupState.Same);
    }

    /// <summary>Says that a field of the record added last changed to <paramref name="value"/>; null clears it.</summary>
    public void Set(int field, Value value)
    {
        var at = ((_rows.Count - 1) * Destination.Fields.Count) + field;
        _values[at] = value;
        _changed[at] = true;
    }

    /// <summary>Says that the record added last entered or left a group.</summary>
    public void SetGroup(int group, bool entered) =>
        _groups[((_rows.Count - 1) * Destination.Groups.Count) + group] = entered ? GroupState.Entered : GroupState.Left;

    /// <summary>A batch of some of these records, with all that is known of them.</summary>
    public Batch Slice(int start, int count)
    {
        var slice = new Batch(Destination, Operation, count);
        slice._rows.AddRange(_rows.GetRange(start, count));
        var fields = Destination.Fields.Count;
        var groups = Destination.Groups.Count;
        slice._values.AddRange(_values.GetRange(start * fields, count * fields));
        slice._changed.AddRange(_changed.GetRange(start * fields, count * fields));
        slice._groups.AddRange(_groups.GetRange(start * groups, count * groups));
        return slice;
    }

    /// <summary>A batch of the records at <paramref name="places"/>, in that order, with all that is known of them.</summary>
    public Batch Select(IReadOnlyList<int> places)
    {
        var chosen = new Batch(Destination, Operation, places.Count);
        var fields = Destination.Fields.Count;
        var groups = Destination.Groups.Count;
        foreach (var place in places)
        {
            chosen._rows.Add(_rows[place]);
            for (var i = place * fields; i < (place + 1) * fields; i++)
            {
                chosen._values.Add(_values[i]);
                chosen._changed.Add(_changed[i]);
            }

            for (var i = place * groups; i < (place + 1) * groups; i++)
                chosen._groups.Add(_groups[i]);
        }

        return chosen;
    }

    /// <summary>
    /// Says what a look-up told of a record: whether it exists at the far end, and the vendor's id of it. For the engine.
    /// </summary>
    public void Locate(int index, bool exists, string? remoteId) =>
        _rows[index] = _rows[index] with { IsCreate = !exists, RemoteId = remoteId };

    /// <summary>Every record delivered.</summary>
    public Outcomes AllDelivered()
    {
        var outcomes = new Outcomes(Count);
        for (var i = 0; i < Count; i++)
            outcomes.Deliver(i);
        return outcomes;
    }

    /// <summary>Every record failed for a reason outside of it: tried again by the next run.</summary>
    public Outcomes AllFailed(Problem reason)
    {
        var outcomes = new Outcomes(Count);
        for (var i = 0; i < Count; i++)
            outcomes.Fail(i, reason);
        return outcomes;
    }

    /// <summary>
    /// The request was refused without naming a record: the engine halves the batch until it has the one. A batch of one is that record.
    /// </summary>
    public Outcomes RefusedAsWhole(Problem reason) => Outcomes.OfWhole(Count, reason);

    internal Row RowAt(int index) => _rows[index];

    internal bool IsChanged(int index, int field) => _changed[(index * Destination.Fields.Count) + field];

    internal Value ValueAt(int index, int field) => _values[(index * Destination.Fields.Count) + field];

    internal GroupState GroupAt(int index, int group) => _groups[(index * Destination.Groups.Count) + group];

    internal readonly record struct Row(long Number, string Key, bool IsCreate, string? RemoteId, string? PreviousKey);
}

/// <summary>Whether a record's membership of a group changed.</summary>
public enum GroupState : byte
{
    /// <summary>No change.</summary>
    Same,

    /// <summary>The record entered.</summary>
    Entered,

    /// <summary>The record left.</summary>
    Left,
}
