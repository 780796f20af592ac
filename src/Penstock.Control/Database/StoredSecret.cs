namespace Penstock.Control.Database;

/// <summary>A secret, encrypted by ASP.NET Core Data Protection.</summary>
internal sealed class StoredSecret
{
    public required string Name { get; set; }

    public required string Ciphertext { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
