namespace Penstock.Contract;

/// <summary>One record of a batch: a view, not a copy.</summary>
public readonly struct Change
{
    private readonly Batch _batch;
    private readonly int _index;

    internal Change(Batch batch, int index) => (_batch, _index) = (batch, index);

    /// <summary>The engine's own number of this change; means nothing to a connector.</summary>
    public long Number => _batch.RowAt(_index).Number;

    /// <summary>The key at the far end.</summary>
    public string Key => _batch.RowAt(_index).Key;

    /// <summary>Whether nothing of the record was delivered before.</summary>
    public bool IsCreate => _batch.RowAt(_index).IsCreate;

    /// <summary>The vendor's own id; null where unknown or where there is none.</summary>
    public string? RemoteId => _batch.RowAt(_index).RemoteId;

    /// <summary>The key before a rename; null otherwise.</summary>
    public string? PreviousKey => _batch.RowAt(_index).PreviousKey;

    /// <summary>The changed fields, in the mapping's order.</summary>
    public IEnumerable<FieldChange> Fields
    {
        get
        {
            for (var i = 0; i < _batch.Destination.Fields.Count; i++)
            {
                if (_batch.IsChanged(_index, i))
                    yield return new(_batch.Destination.Fields[i], _batch.ValueAt(_index, i));
            }
        }
    }

    /// <summary>The groups entered and left, in the destination's order.</summary>
    public IEnumerable<GroupChange> Groups
    {
        get
        {
            for (var i = 0; i < _batch.Destination.Groups.Count; i++)
            {
                if (_batch.GroupAt(_index, i) is var state and not GroupState.Same)
                    yield return new(_batch.Destination.Groups[i], state == GroupState.Entered);
            }
        }
    }

    /// <summary>
    /// Whether the field at <paramref name="field"/> of <see cref="DestinationContext.Fields"/> changed, and to what: the same as
    /// <see cref="Fields"/> without an enumerator, for wire formats that write a million records.
    /// </summary>
    public bool TryGet(int field, out Value value)
    {
        value = _batch.ValueAt(_index, field);
        return _batch.IsChanged(_index, field);
    }

    /// <summary>What became of the group at <paramref name="group"/> of <see cref="DestinationContext.Groups"/>.</summary>
    public GroupState Group(int group) => _batch.GroupAt(_index, group);
}

/// <summary>A field that changed.</summary>
/// <param name="Field">The field.</param>
/// <param name="Value">Its new value; null clears it.</param>
public readonly record struct FieldChange(MappedField Field, Value Value);

/// <summary>A group entered or left.</summary>
/// <param name="Target">The group and where it is shown.</param>
/// <param name="Entered">Entered, or left.</param>
public readonly record struct GroupChange(GroupTarget Target, bool Entered);
