namespace Penstock.Control.Database;

/// <summary>The next revision while it is edited: at most one row, with <see cref="Id"/> 1.</summary>
internal sealed class Draft
{
    public int Id { get; set; }

    /// <summary>The revision it was begun from; 0 for none.</summary>
    public long BaseNumber { get; set; }

    /// <summary>Counts edits, so that two of the same state can't both be kept.</summary>
    public long Version { get; set; }

    /// <summary>The project as JSON, which may be unfinished and so need not validate.</summary>
    public required string Document { get; set; }

    /// <summary>Per thing (<c>model:users</c>) who last changed it and when, as JSON.</summary>
    public string Stamps { get; set; } = "{}";

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
