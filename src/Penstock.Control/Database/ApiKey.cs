namespace Penstock.Control.Database;

/// <summary>A key with which a program calls the API.</summary>
internal sealed class ApiKey
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>The key's first characters, by which people tell keys apart and which finds the row.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the whole key, in hexadecimal; the key has 256 random bits, so a slow hash adds nothing.</summary>
    public required string Hash { get; set; }

    public Users.Role Role { get; set; }

    /// <summary>The models it may run or see, as a JSON list of ids; empty for all.</summary>
    public string Models { get; set; } = "[]";

    public required string CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
