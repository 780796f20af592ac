using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Wiring;

/// <summary>Secrets from the environment, as read at start, and from files.</summary>
/// <param name="environment">The environment's variables.</param>
/// <param name="folder">The project folder, which files are relative to.</param>
internal sealed class Secrets(IReadOnlyDictionary<string, string> environment, string folder) : ISecretSource
{
    /// <inheritdoc/>
    public string? Find(string scheme, string name, out Problem? problem)
    {
        problem = null;
        return scheme switch
        {
            "env" => FromEnvironment(name, out problem),
            "file" => FromFile(name, out problem),
            _ => Nothing(new("secret.unknown_scheme", $"Secrets cannot come from '{scheme}'.", "Write ${env:NAME} or ${file:PATH}."), out problem),
        };
    }

    private string? FromEnvironment(string name, out Problem? problem)
    {
        problem = null;
        if (environment.TryGetValue(name, out var value) && value.Length > 0)
            return value;
        var how = environment.ContainsKey(name) ? "is empty" : "is not set";
        return Nothing(new("secret.not_set", $"The environment variable {name} {how}.", $"Set it before running: export {name}=…"), out problem);
    }

    private string? FromFile(string path, out Problem? problem)
    {
        problem = null;
        try
        {
            // Editors end files with a line break, which is never part of a key.
            var value = File.ReadAllText(Path.GetFullPath(path, folder)).TrimEnd('\r', '\n');
            return value.Length > 0 ? value : Nothing(new("secret.empty", $"The secret's file {path} is empty."), out problem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Nothing(
                new("secret.not_readable", $"The secret's file {path} cannot be read: {exception.Message}", "Check the path, relative to the project folder, and its permissions."),
                out problem);
        }
    }

    private static string? Nothing(Problem what, out Problem? problem)
    {
        problem = what;
        return null;
    }
}
