using System.Data;
using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Penstock.Contract;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>
/// Changes to people, each in one transaction that nobody else's change can slip into: two administrators who demote each other at the
/// same moment would otherwise leave none, and a link could be used twice.
/// </summary>
internal sealed class UserWork(ControlDatabase database, TimeProvider time)
{
    private const int Attempts = 5;
    private const int MaxName = 100;
    private const int MaxEmail = 254;

    private static readonly IOptions<IdentityOptions> Identity = Microsoft.Extensions.Options.Options.Create(new IdentityOptions
    {
        User = { RequireUniqueEmail = true, AllowedUserNameCharacters = "" },
    });

    // OWASP's count for PBKDF2 with SHA-512, read 2026-11.
    private static readonly PasswordHasher<User> Hasher =
        new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    // Checked when nobody has the address, so that the answer takes as long.
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword(new User(), Guid.NewGuid().ToString()));

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Reads.</summary>
    public Task<T> ReadAsync<T>(Func<ControlContext, Task<T>> work, CancellationToken cancellationToken) =>
        database.UseAsync(work, cancellationToken);

    /// <summary>Changes; what <paramref name="work"/> adds, changes and removes is saved at its end.</summary>
    /// <exception cref="PenstockException">Others change the same again and again.</exception>
    public async Task<T> ChangeAsync<T>(Func<ControlContext, UserManager<User>, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.UseAsync(context => InTransactionAsync(context, work, cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (IsConflict(exception))
            {
                if (attempt == Attempts)
                    throw new PenstockException(AccessProblems.Conflict.Of("Somebody else changed this at the same moment.",
                        "Load it anew and try again."), exception);
            }
        }
    }

    /// <summary>The person of that id, to be changed.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public static async Task<User> FindAsync(ControlContext context, string id, CancellationToken cancellationToken) =>
        await context.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
        ?? throw new PenstockException(AccessProblems.UnknownPerson.Of("There is no such person.",
            "Load the list anew: somebody may have removed them."));

    /// <summary>Whether it is the person's password; takes as long when there is nobody.</summary>
    public static PasswordVerificationResult Verify(User? user, string password)
    {
        if (password.Length > PasswordRules.MaxLength)
            return PasswordVerificationResult.Failed;
        var result = Hasher.VerifyHashedPassword(user ?? new User(), user?.PasswordHash ?? NobodysHash.Value, password);
        return user?.PasswordHash is null ? PasswordVerificationResult.Failed : result;
    }

    /// <summary>Keeps the password's hash; every session ends.</summary>
    /// <exception cref="PenstockException">It is too easy to guess.</exception>
    public static async Task SetPasswordAsync(UserManager<User> users, User user, string password)
    {
        if (PasswordRules.Check(password, user.Email ?? "") is { } problem)
            throw new PenstockException(problem);
        user.PasswordHash = Hasher.HashPassword(user, password);
        await users.UpdateSecurityStampAsync(user);
    }

    /// <summary>A new account with a password.</summary>
    /// <exception cref="PenstockException">The address is taken, or the password too easy to guess.</exception>
    public async Task<User> CreateAsync(UserManager<User> users, string email, string name, Role role, string password)
    {
        var user = new User { Email = Email(email), UserName = Email(email), DisplayName = Name(name), Role = role, CreatedAt = Now };
        if (PasswordRules.Check(password, user.Email) is { } problem)
            throw new PenstockException(problem);
        if (await users.FindByEmailAsync(user.Email) is not null)
            throw Taken(user.Email);
        user.PasswordHash = Hasher.HashPassword(user, password);
        var result = await users.CreateAsync(user);
        if (!result.Succeeded)
            throw new PenstockException(AccessProblems.Field.Of(string.Join(" ", result.Errors.Select(error => error.Description))));
        return user;
    }

    /// <summary>That somebody has the address.</summary>
    public static PenstockException Taken(string email) => new(AccessProblems.EmailTaken.Of(
        $"Somebody with the address {email} is there already.", "Change that person's role, or make a link for a new password."));

    /// <summary>The address as it is kept.</summary>
    /// <exception cref="PenstockException">It is none.</exception>
    public static string Email(string email)
    {
        var trimmed = email.Trim();
        return trimmed.Length is > 0 and <= MaxEmail && MailAddress.TryCreate(trimmed, out var address)
            && address.Address == trimmed && !trimmed.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            ? trimmed
            : throw new PenstockException(AccessProblems.Field.Of("The e-mail address is none.", "It looks like ana@example.com."));
    }

    /// <summary>The name as it is kept.</summary>
    /// <exception cref="PenstockException">It is empty or too long.</exception>
    public static string Name(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is > 0 and <= MaxName && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new PenstockException(AccessProblems.Field.Of($"The name is empty or longer than {MaxName} characters.",
                "Give the name that others know."));
    }

    private static async Task<T> InTransactionAsync<T>(
        ControlContext context, Func<ControlContext, UserManager<User>, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        using var users = Users(context);
        var result = await work(context, users);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private static UserManager<User> Users(ControlContext context) => new(
        new UserOnlyStore<User, ControlContext>(context) { AutoSaveChanges = false }, Identity, Hasher, [new UserValidator<User>()], [],
        new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(),
        null!, // Identity asks these services for token providers and metrics only, which aren't used; it takes null
        NullLogger<UserManager<User>>.Instance);

    private static bool IsConflict(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            // Serialisation failure, deadlock, unique violation: postgresql.org/docs/current/errcodes-appendix.html.
            if (cause is DbUpdateConcurrencyException or PostgresException { SqlState: "40001" or "40P01" or "23505" })
                return true;
        }

        return false;
    }
}
