using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Which secrets a configuration refers to. Never their values.</summary>
public static class SecretReferences
{
    /// <summary>The names that a scheme's references in a text name: of <c>${secret:braze}</c>, <c>braze</c>.</summary>
    public static IReadOnlyList<string> In(string text, string scheme) => SecretText.Names(text, scheme);

    /// <summary>The names that any option of an app refers to.</summary>
    public static IReadOnlySet<string> Of(App app, string scheme) =>
        app.Texts.Values.Concat(app.Lists.Values.SelectMany(list => list)).SelectMany(text => In(text, scheme))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The names that any option of a destination refers to.</summary>
    public static IReadOnlySet<string> Of(Destination destination, string scheme) =>
        destination.Texts.Values.Concat(destination.Lists.Values.SelectMany(list => list)).SelectMany(text => In(text, scheme))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a text refers to any secret, so that it holds none itself.</summary>
    public static bool IsReference(string text) => SecretText.HasReference(text);

    /// <summary>The text with its secrets in place.</summary>
    /// <exception cref="PenstockException">One can't be had, or a reference is none.</exception>
    public static string Open(string text, ISecretSource secrets) =>
        SecretText.Resolve(text, secrets, out var problem)
        ?? throw new PenstockException(problem ?? SecretText.MalformedProblem(text));
}
