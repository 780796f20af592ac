using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Opens <c>${env:NAME}</c> and <c>${file:PATH}</c>.</summary>
/// <param name="folder">The project folder, which paths are relative to.</param>
/// <param name="environment">Gives an environment variable's value; null when it is not set.</param>
public sealed class SecretSources(string folder, Func<string, string?> environment) : ISecretSource
{
    private const int MaxFileBytes = 64 * 1024;

    /// <inheritdoc/>
    public string? Find(string scheme, string name, out Problem? problem)
    {
        problem = null;
        switch (scheme)
        {
            case "env":
                var value = environment(name);
                if (string.IsNullOrEmpty(value))
                    problem = ConfigurationProblems.SecretNotFound.Of(
                        $"The environment variable {name} is not set.", $"Set it where penstock runs: export {name}=…");
                return problem is null ? value : null;
            case "file":
                return ReadFile(name, out problem);
            case "secret":
                problem = ConfigurationProblems.SecretNotFound.Of(
                    $"Nothing here keeps secrets, so `${{secret:{name}}}` can't be opened.", "Write `${env:NAME}` or `${file:PATH}`.");
                return null;
            default:
                problem = ConfigurationProblems.InvalidSecretReference.Of(
                    $"`{scheme}:` is no kind of reference to a secret.", "Write `${env:NAME}`, `${file:PATH}` or `${secret:NAME}`.");
                return null;
        }
    }

    // A file of one credential, as mounted by container platforms: the line break at its end is no part of it.
    private string? ReadFile(string name, out Problem? problem)
    {
        problem = null;
        try
        {
            using var stream = File.OpenRead(Path.GetFullPath(name, folder));
            var bytes = new byte[MaxFileBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxFileBytes)
                problem = ConfigurationProblems.SecretNotFound.Of(
                    $"The file `{name}` is larger than 64 KiB, which no secret is.", "Check the path.");
            else if (Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\n').TrimEnd('\r') is { Length: > 0 } value)
                return value;
            else
                problem = ConfigurationProblems.SecretNotFound.Of($"The file `{name}` is empty.", "Write the secret into it.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = unreadable is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "can't be read";
            problem = ConfigurationProblems.SecretNotFound.Of(
                $"The file `{name}`, which holds a secret, {why}.", "Its path is relative to the project folder.");
        }

        return null;
    }
}
