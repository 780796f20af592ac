using System.Text;
using System.Text.RegularExpressions;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Text with references to secrets: <c>${scheme:name}</c> anywhere in it, and <c>$$</c> for a dollar sign.</summary>
internal static partial class SecretText
{
    /// <summary>Whether it refers to any secret.</summary>
    public static bool HasReference(string text) => Pieces().Matches(text).Any(match => match.Groups["scheme"].Success);

    /// <summary>The names that references of a scheme name.</summary>
    public static IReadOnlyList<string> Names(string text, string scheme) =>
        [.. Pieces().Matches(text).Where(match => match.Groups["scheme"].Value == scheme).Select(match => match.Groups["name"].Value)];

    /// <summary>The first piece that begins like a reference and is none; null when all is well.</summary>
    public static string? Malformed(string text) =>
        Pieces().Matches(text).FirstOrDefault(match => match.Value != "$$" && !match.Groups["scheme"].Success)?.Value;

    /// <summary>The text with its secrets in place, or null with the problem of the first that can't be had.</summary>
    public static string? Resolve(string text, ISecretSource secrets, out Problem? problem)
    {
        problem = null;
        var result = new StringBuilder();
        var at = 0;
        foreach (System.Text.RegularExpressions.Match match in Pieces().Matches(text))
        {
            result.Append(text, at, match.Index - at);
            at = match.Index + match.Length;
            if (match.Value == "$$")
            {
                result.Append('$');
                continue;
            }

            if (!match.Groups["scheme"].Success)
            {
                problem = MalformedProblem(match.Value);
                return null;
            }

            var value = secrets.Find(match.Groups["scheme"].Value, match.Groups["name"].Value, out problem);
            if (value is null)
                return null;
            result.Append(value);
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The problem of a piece that is no reference.</summary>
    public static Problem MalformedProblem(string piece) => ConfigurationProblems.InvalidSecretReference.Of(
        $"`{piece}` is not a reference to a secret.",
        "Write `${env:NAME}`, `${file:PATH}` or `${secret:NAME}`; `$$` stands for a dollar sign.");

    // "$$" first, so that "$${env:X}" is the text "${env:X}".
    [GeneratedRegex(
        @"\$\$|\$\{(?<scheme>[a-z]+):(?<name>[^{}]+)\}|\$\{[^}]{0,40}\}?", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pieces();
}
