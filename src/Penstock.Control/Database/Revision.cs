namespace Penstock.Control.Database;

/// <summary>A published configuration: never changed, numbered from 1.</summary>
internal sealed class Revision
{
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    public required string AuthorId { get; set; }

    public required string AuthorName { get; set; }

    public string Comment { get; set; } = "";

    /// <summary><c>draft</c>, <c>apply</c> or <c>rollback</c>.</summary>
    public required string Origin { get; set; }

    /// <summary>The files by name, as a JSON object of texts.</summary>
    public required string Files { get; set; }

    /// <summary>SHA-256 of the canonical text, in hexadecimal: equal projects have equal ones.</summary>
    public required string Hash { get; set; }
}
