namespace Penstock.Control.Database;

/// <summary>A link that lets somebody in once: the first administrator's, an invitation, a new password.</summary>
internal sealed class Invitation
{
    public long Id { get; set; }

    /// <summary><c>setup</c>, <c>invitation</c> or <c>reset</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>SHA-256 of the link's token, in hexadecimal: whoever reads the database can't use it.</summary>
    public required string TokenHash { get; set; }

    /// <summary>Whom it is for; null for the first administrator.</summary>
    public string? Email { get; set; }

    /// <summary>The person whose password is to be set anew; null otherwise.</summary>
    public string? UserId { get; set; }

    public Users.Role Role { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    public required string CreatedBy { get; set; }
}
