namespace Penstock.Control.Database;

/// <summary>One setting of the server, as JSON.</summary>
internal sealed class Setting
{
    public required string Name { get; set; }

    public required string Value { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
