using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;

namespace Penstock.Control.Users;

/// <summary>Keys with which programs call the API.</summary>
public sealed class ApiKeyService
{
    private const string Begin = "psk_";
    private const int PrefixLength = 10;
    private const string PrefixLetters = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    private readonly UserWork _work;
    private readonly AuditLog _audit;

    internal ApiKeyService(UserWork work, AuditLog audit) => (_work, _audit) = (work, audit);

    /// <summary>Makes a key, which is shown this once.</summary>
    /// <exception cref="PenstockException">The actor may not, or a field can't be taken.</exception>
    public Task<NewApiKey> CreateAsync(Actor actor, ApiKeyRequest request, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "make API keys");
        actor.Require(request.Role, $"make a key that is {request.Role}");
        UserService.Check(request.Role);
        if (request.ExpiresAt <= _work.Now)
            throw new PenstockException(AccessProblems.Field.Of("The key would have expired already.", "Choose a later day, or none."));
        var prefix = RandomNumberGenerator.GetString(PrefixLetters, PrefixLength);
        var secret = $"{Begin}{prefix}_{OneTimeTokens.Create()}";
        var key = new ApiKey
        {
            Name = UserWork.Name(request.Name),
            Prefix = prefix,
            Hash = OneTimeTokens.Hash(secret),
            Role = request.Role,
            Models = JsonSerializer.Serialize(request.Models.Distinct(StringComparer.Ordinal)),
            CreatedBy = actor.Name,
            CreatedAt = _work.Now,
            ExpiresAt = request.ExpiresAt,
        };
        return _work.ChangeAsync(
            async (context, _) =>
            {
                key.Id = 0;
                context.ApiKeys.Add(key);
                _audit.Add(context, actor, AuditActions.KeyCreated, Subject(key), null, Facts(key));
                await context.SaveChangesAsync(cancellationToken);
                return new NewApiKey(Show(key), new(secret));
            },
            cancellationToken);
    }

    /// <summary>All keys, latest first, revoked and expired ones too.</summary>
    /// <exception cref="PenstockException">The actor may not.</exception>
    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "see API keys");
        var keys = await _work.ReadAsync(
            context => context.ApiKeys.AsNoTracking().OrderByDescending(key => key.Id).ToListAsync(cancellationToken), cancellationToken);
        return [.. keys.Select(Show)];
    }

    /// <summary>Revokes a key, at once and for good.</summary>
    /// <exception cref="PenstockException">The actor may not, or there is no such key.</exception>
    public Task RevokeAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        actor.Require(Role.Administrator, "revoke API keys");
        return _work.ChangeAsync(
            async (context, _) =>
            {
                var found = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? await context.ApiKeys.SingleOrDefaultAsync(key => key.Id == number && key.RevokedAt == null, cancellationToken)
                    : null;
                if (found is null)
                {
                    throw new PenstockException(AccessProblems.UnknownKey.Of("There is no such API key, or it is revoked.",
                        "Load the list anew."));
                }

                found.RevokedAt = _work.Now;
                _audit.Add(context, actor, AuditActions.KeyRevoked, Subject(found), Facts(found), null);
                return true;
            },
            cancellationToken);
    }

    /// <summary>The key, when it is one that works; null otherwise. Takes as long for a key that exists as for one that doesn't.</summary>
    /// <param name="key">What the caller sent.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<ApiKeyEntry?> VerifyAsync(string key, CancellationToken cancellationToken)
    {
        if (key.Length > Begin.Length + PrefixLength + 100 || !key.StartsWith(Begin, StringComparison.Ordinal)
            || key.Length <= Begin.Length + PrefixLength)
        {
            return null;
        }

        var prefix = key.Substring(Begin.Length, PrefixLength);
        var found = await _work.ReadAsync(
            context => context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(known => known.Prefix == prefix, cancellationToken),
            cancellationToken);
        var given = Encoding.ASCII.GetBytes(OneTimeTokens.Hash(key));
        var isSame = CryptographicOperations.FixedTimeEquals(given, found is null ? given : Encoding.ASCII.GetBytes(found.Hash));
        if (found is null || !isSame || found.RevokedAt is not null || found.ExpiresAt <= _work.Now)
            return null;
        await NoteUseAsync(found, cancellationToken);
        return Show(found);
    }

    private async Task NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = _work.Now;
        if (now - key.LastUsedAt < UseIsNotedEvery)
            return;
        try
        {
            await _work.ReadAsync(
                context => context.ApiKeys.Where(known => known.Id == key.Id)
                    .ExecuteUpdateAsync(change => change.SetProperty(known => known.LastUsedAt, now), cancellationToken),
                cancellationToken);
        }
        catch (PenstockException)
        {
            // A call isn't refused because its time can't be noted.
        }
    }

    private static string Subject(ApiKey key) => "key:" + key.Prefix;

    private static object Facts(ApiKey key) => new
    {
        name = key.Name,
        role = key.Role,
        models = Models(key) is { Count: > 0 } models ? models : ["all"],
        expiresAt = key.ExpiresAt,
    };

    private static IReadOnlyList<string> Models(ApiKey key) => JsonSerializer.Deserialize<List<string>>(key.Models) ?? [];

    private static ApiKeyEntry Show(ApiKey key) =>
        new(key.Id.ToString(CultureInfo.InvariantCulture), key.Name, Begin + key.Prefix, key.Role, Models(key), key.CreatedBy,
            key.CreatedAt)
        {
            ExpiresAt = key.ExpiresAt,
            LastUsedAt = key.LastUsedAt,
            RevokedAt = key.RevokedAt,
        };
}
