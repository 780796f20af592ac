using System.Text.RegularExpressions;
using Penstock.Cli.Docs;
using Penstock.Cli.Wiring;
using Penstock.Contract;

namespace Penstock.EndToEnd.Tests.Repository;

public sealed partial class ProblemCodeTests
{
    // Words with a dot that look like codes and are none: files, hosts, and permissions of Braze.
    private static readonly string[] NoCodes =
    [
        "control.db", "control.key", "shop.db", "guide.md", "users.csv", "purchases.csv", "penstock.json", "penstock.yaml", "penstock.yml",
        "example.com",
        "custom_attributes.get", "users.delete", "users.identify", "users.merge", "users.track", "odd.name",
    ];

    private static readonly IReadOnlyList<ProblemCode> Declared = Pages.Codes(ConnectorAssemblies.Catalog());

    [Fact]
    public void Every_code_in_the_source_is_declared()
    {
        var declared = Declared.Select(code => code.Code).ToHashSet(StringComparer.Ordinal);
        var codes =
            from file in SourceTree.Below("src", ".cs")
            where !file.Path.StartsWith("src/Penstock.Simulators/", StringComparison.Ordinal)
            where !file.Path.EndsWith("/AuditActions.cs", StringComparison.Ordinal)
            from Match match in Literal().Matches(file.Text)
            let code = match.Groups[1].Value
            where !NoCodes.Contains(code, StringComparer.Ordinal) && !declared.Contains(code)
            where !code.StartsWith("penstock.", StringComparison.Ordinal) // functions of the UI's script
            select $"{file.Path}: {code}";
        codes.ShouldBeEmpty("declare them as a ProblemCode in the part that reports them");
    }

    [Fact]
    public void Every_declared_code_is_used()
    {
        var all = string.Concat(SourceTree.Below("src", ".cs").Select(file => Declaration().Replace(file.Text, "")));
        var unused =
            from file in SourceTree.Below("src", ".cs")
            let type = TypeName().Match(file.Text).Groups[1].Value
            from Match match in Declaration().Matches(file.Text)
            let property = match.Groups[1].Value
            let code = match.Groups[2].Value
            where !all.Contains($"\"{code}\"", StringComparison.Ordinal)
                && !all.Contains($"'{code}'", StringComparison.Ordinal)
                && !Regex.IsMatch(all, $@"\b{type}\.{property}\b")
                && !Regex.IsMatch(file.Text, $@"\b{property}\.Of\(|[ (:]{property}[,;)]")
            select $"{file.Path}: {code}";
        unused.ShouldBeEmpty("nothing reports them any more");
    }

    [Fact]
    public void Every_declared_code_says_what_it_means_and_what_to_do()
    {
        Declared.ShouldNotBeEmpty();
        Declared.Where(code => !Code().IsMatch(code.Code)).Select(code => code.Code).ShouldBeEmpty();
        Declared.Where(code => !Sentence(code.Meaning) || !Sentence(code.ToDo)).Select(code => code.ToString()).ShouldBeEmpty();
    }

    private static bool Sentence(string text) =>
        text.Length > 5 && (char.IsUpper(text[0]) || text[0] == '\'') && text[^1] == '.' && !text.Contains('\n');

    [GeneratedRegex("""["']([a-z]+(?:_[a-z0-9]+)*\.[a-z0-9]+(?:_[a-z0-9]+)*)["']""")]
    private static partial Regex Literal();

    [GeneratedRegex("""ProblemCode (\w+) \{ get; \}\s*=\s*new\(\s*"([^"]+)""")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"public static class (\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^[a-z]+\.[a-z]+(_[a-z0-9]+)*$")]
    private static partial Regex Code();
}
