using Penstock.Contract;

namespace Penstock.Control.Users;

/// <summary>A key as it is wanted.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do; at most what its maker may.</param>
public sealed record ApiKeyRequest(string Name, Role Role)
{
    /// <summary>The models it may see and run; empty for all.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>When it stops working; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key as it is kept: without what lets anybody in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Prefix">How the key begins, to tell keys apart.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Models">The models it may see and run; empty for all.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record ApiKeyEntry(
    string Id, string Name, string Prefix, Role Role, IReadOnlyList<string> Models, string CreatedBy, DateTimeOffset CreatedAt)
{
    /// <summary>When it stops working; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A key just made.</summary>
/// <param name="Entry">What is kept of it.</param>
/// <param name="Key">The key itself, to be shown once.</param>
public sealed record NewApiKey(ApiKeyEntry Entry, Secret Key);
