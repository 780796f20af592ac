using System.Text.RegularExpressions;

namespace Penstock.EndToEnd.Tests.Repository;

/// <summary>What the compiler does not check of how code and pages are written.</summary>
public sealed partial class StyleTests
{
    private const int MaxLines = 500;
    private const int MaxColumns = 140;

    // One place for each driver that has statements set on a command; the others pass them to its constructor.
    private static readonly string[] MaySetCommandText =
    [
        "src/Penstock.Cli/Demo/DemoShop.cs", "src/Penstock.Connectors/Csv/CsvSession.cs",
        "src/Penstock.Engine/Compilation/Expressions/ExpressionDatabase.cs", "src/Penstock.Engine/Workspace/WorkspaceConnection.cs",
    ];

    private static readonly string[] Texts =
    [
        ".cs", ".csproj", ".props", ".razor", ".css", ".js", ".md", ".yaml", ".yml", ".json", ".sh", ".sql", ".csv", ".txt", ".svg",
        "Dockerfile",
    ];

    private static readonly IReadOnlyList<SourceFile> Code =
        [.. SourceTree.Below("src", ".cs"), .. SourceTree.Below("tests", ".cs"), .. SourceTree.Below("benchmarks", ".cs")];

    [Fact]
    public void No_file_is_longer_than_500_lines() =>
        Code.Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(file => file.Lines.Count() > MaxLines + 1).Select(file => $"{file.Path}: {file.Lines.Count()}").ShouldBeEmpty();

    [Fact]
    public void No_line_is_longer_than_140_columns() =>
        Code.Select(file => file.Path.StartsWith("src/", StringComparison.Ordinal) ? file : WithoutData(file))
            .LinesThat(line => line.Length > MaxColumns).ShouldBeEmpty();

    [Fact]
    public void Statements_are_set_in_one_place_for_each_driver()
    {
        var places = SourceTree.Below("src", ".cs")
            .SelectMany(file => SetCommandText().Matches(file.Text).Select(_ => file.Path)).ToList();
        places.Except(MaySetCommandText, StringComparer.Ordinal).ShouldBeEmpty("set it where the driver's other statements are set");
        places.GroupBy(place => place, StringComparer.Ordinal).Where(place => place.Count() > 1).Select(place => place.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_to_be_done_or_folded_away() =>
        Code.LinesThat(line => Unfinished().IsMatch(line) || line.TrimStart().StartsWith("#reg" + "ion", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("src")]
    [InlineData("docs")]
    [InlineData("samples")]
    [InlineData("scripts")]
    [InlineData("tests")]
    public void Nothing_names_a_package_registry_or_a_path_of_one_machine(string folder) =>
        SourceTree.Below(folder, Texts)
            .Where(file => !file.Path.EndsWith("/packages.lock.json", StringComparison.Ordinal)).LinesThat(OnlyHere().IsMatch)
            .ShouldBeEmpty();

    // Tests and benchmarks may hold tables and configurations as wide as they are; the number of lines stays.
    private static SourceFile WithoutData(SourceFile file) =>
        file with { Text = RawText().Replace(file.Text, raw => new string('\n', raw.Value.Count(character => character == '\n'))) };

    [GeneratedRegex("(?s)\"\"\".*?\"\"\"")]
    private static partial Regex RawText();

    [GeneratedRegex(@"\bCommandText\s*=(?!=)")]
    private static partial Regex SetCommandText();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex Unfinished();

    // In pieces, so that this file does not name them either.
    [GeneratedRegex(
        @"nu" + @"get\.org|np" + @"mjs\.org|py" + @"pi\.org|crat" + @"es\.io"
        + @"|(?<![\w.])/(wo" + @"rk|ro" + @"ot)/|(?<![\w.])/ho" + @"me/\w+/")]
    private static partial Regex OnlyHere();
}
