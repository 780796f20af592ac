using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Engine.Configuration;
using Secret = Penstock.Contract.Secret;

namespace Penstock.Control.Secrets;

/// <summary>Seals and opens stored secrets. The one place that sees them.</summary>
internal sealed class SecretVault(ControlDatabase database, KeyRing keys)
{
    /// <summary>Seals a value so that it opens under this name only.</summary>
    public string Seal(string name, Secret value) => Protector(name).Protect(value.Reveal());

    /// <summary>The value; null with the problem.</summary>
    public string? Find(string name, out Problem? problem)
    {
        problem = null;
        try
        {
            var ciphertext = database.Exists
                ? Task.Run(() => database.UseAsync( // the engine binds options synchronously, from any thread
                    context => context.Secrets.AsNoTracking().Where(secret => secret.Name == name).Select(secret => secret.Ciphertext)
                        .SingleOrDefaultAsync(),
                    CancellationToken.None)).GetAwaiter().GetResult()
                : null;
            if (ciphertext is not null)
                return Protector(name).Unprotect(ciphertext);
            problem = SecretProblems.Gone.Of(
                $"The secret `{name}` is gone: nothing of that name is stored.",
                $"Enter it again in the app, or run 'penstock secret set {name}'.");
        }
        catch (PenstockException exception)
        {
            problem = exception.Problem;
        }
        catch (CryptographicException)
        {
            problem = SecretProblems.Undecryptable.Of(
                $"The secret `{name}` is stored, but can't be opened: the key in {keys.KeyFile}, or given by PENSTOCK_MASTER_KEY, is not "
                + "the one it was stored with.",
                $"Put the right key back, or store the secret again: 'penstock secret set {name}'.");
        }

        return null;
    }

    private IDataProtector Protector(string name) => keys.Provider.CreateProtector("Penstock.Secrets", name);
}

/// <summary>Opens stored secrets, and leaves other references to another source.</summary>
internal sealed class StoredSecretSource(ISecretSource others, SecretVault vault) : ISecretSource
{
    /// <inheritdoc/>
    public string? Find(string scheme, string name, out Problem? problem) =>
        scheme == "secret" ? vault.Find(name, out problem) : others.Find(scheme, name, out problem);
}
