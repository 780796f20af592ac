using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>References to secrets in texts that are not part of a project.</summary>
public static class SecretReferences
{
    /// <summary>Whether a text refers to a secret (<c>${secret:NAME}</c>) instead of writing one out.</summary>
    public static bool IsIn(string text) => SecretText.HasReference(text);

    /// <summary>The text with its secrets in place.</summary>
    /// <exception cref="PenstockException">One can't be had, or a reference is none.</exception>
    public static string Open(string text, ISecretSource secrets) =>
        SecretText.Resolve(text, secrets, out var problem)
        ?? throw new PenstockException(problem ?? SecretText.MalformedProblem(text));
}
