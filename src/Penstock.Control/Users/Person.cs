using Penstock.Contract;

namespace Penstock.Control.Users;

/// <summary>Somebody who may sign in, as others see them.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Email">The address they sign in with.</param>
/// <param name="Name">What others read.</param>
/// <param name="Role">What they may do.</param>
/// <param name="CreatedAt">When the account was made.</param>
public sealed record Person(string Id, string Email, string Name, Role Role, DateTimeOffset CreatedAt)
{
    /// <summary>When they last signed in; null for never.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Whether an administrator has shut them out.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Until when wrong passwords have locked the account; null when it is open.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    internal static Person Of(User user, DateTimeOffset now) =>
        new(user.Id, user.Email ?? "", user.DisplayName, user.Role, user.CreatedAt)
        {
            LastSeenAt = user.LastSeenAt,
            IsDisabled = user.IsDisabled,
            LockedUntil = user.LockoutEnd > now ? user.LockoutEnd : null,
        };
}

/// <summary>An invitation that waits to be accepted.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Email">Whom it is for.</param>
/// <param name="Role">What they will be.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record OpenInvitation(
    long Id, string Email, Role Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string CreatedBy);

/// <summary>A link that works once. The token is shown this once: only its hash is kept.</summary>
/// <param name="Page">The page that takes it: <c>setup</c>, <c>accept</c> or <c>reset</c>.</param>
/// <param name="Token">What lets whoever has it in.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record OneTimeLink(string Page, Secret Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The whole address, secret included: for the one person it is for.</summary>
    /// <param name="root">The server's own address, such as <c>https://penstock.example.com</c>.</param>
    public string Reveal(string root) => $"{root.TrimEnd('/')}/{Page}?token={Token.Reveal()}";
}

/// <summary>What a link that still works is for.</summary>
/// <param name="Email">Whose account; null for the first administrator, who chooses.</param>
/// <param name="Role">What they will be; null when the link is for a new password.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record LinkOffer(string? Email, Role? Role, DateTimeOffset ExpiresAt);

/// <summary>Somebody signed in. It ends when the account's stamp changes: with another password, role, or when it is disabled.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="Email">Their address.</param>
/// <param name="Name">What others read.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Stamp">Identity's security stamp.</param>
public sealed record Session(string PersonId, string Email, string Name, Role Role, string Stamp)
{
    internal static Session Of(User user) => new(user.Id, user.Email ?? "", user.DisplayName, user.Role, user.SecurityStamp ?? "");
}
