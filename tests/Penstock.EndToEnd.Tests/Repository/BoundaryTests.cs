using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Penstock.EndToEnd.Tests.Repository;

/// <summary>Who may use whom: what a part can't see, it can't come to depend on.</summary>
public sealed partial class BoundaryTests
{
    private static readonly string[] Steps = ["Refreshing", "Building", "Planning", "Delivering"];

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Penstock.Contract"] = [],
        ["Penstock.Connectors"] = ["Penstock.Contract"],
        ["Penstock.Engine"] = ["Penstock.Contract"],
        ["Penstock.Control"] = ["Penstock.Engine", "Penstock.Contract"],
        ["Penstock.Server"] = ["Penstock.Control", "Penstock.Engine", "Penstock.Contract"],
        ["Penstock.Simulators"] = [],
        ["Penstock.Cli"] =
        [
            "Penstock.Contract", "Penstock.Connectors", "Penstock.Engine", "Penstock.Control", "Penstock.Server", "Penstock.Simulators",
        ],
    };

    [Fact]
    public void Projects_refer_only_to_those_they_may_use()
    {
        var projects = SourceTree.Below("src", ".csproj");
        projects.ShouldNotBeEmpty();
        var forbidden =
            from project in projects
            let name = Path.GetFileNameWithoutExtension(project.Path)
            from reference in XDocument.Parse(project.Text).Descendants("ProjectReference")
            let used = Path.GetFileNameWithoutExtension(reference.Attribute("Include")?.Value ?? "")
            where !Allowed.GetValueOrDefault(name, []).Contains(used, StringComparer.Ordinal)
            select $"{name} uses {used}";
        forbidden.ShouldBeEmpty();
        projects.Select(project => Path.GetFileNameWithoutExtension(project.Path)).Where(name => !Allowed.ContainsKey(name))
            .ShouldBeEmpty("say in this test what the new project may use");
    }

    [Fact]
    public void The_contract_uses_only_the_base_library()
    {
        var contract = SourceTree.Below("src/Penstock.Contract", ".csproj").ShouldHaveSingleItem();
        XDocument.Parse(contract.Text).Descendants("PackageReference").ShouldBeEmpty();
    }

    [Fact]
    public void Compilation_does_not_use_the_workspace() =>
        Uses("src/Penstock.Engine/Compilation", [.. Steps.Append("Workspace").Append("Runs").Select(part => "Penstock.Engine." + part)])
            .ShouldBeEmpty();

    [Fact]
    public void Configuration_uses_no_other_part_of_the_engine() =>
        Uses("src/Penstock.Engine/Configuration", "Penstock.Engine.Compilation", "Penstock.Engine.Workspace", "Penstock.Engine.Runs",
            "Penstock.Engine.Refreshing", "Penstock.Engine.Building", "Penstock.Engine.Planning", "Penstock.Engine.Delivering")
            .ShouldBeEmpty();

    [Fact]
    public void The_workspace_knows_no_step() =>
        Uses("src/Penstock.Engine/Workspace", [.. Steps.Select(step => "Penstock.Engine." + step), "Penstock.Engine.Runs"]).ShouldBeEmpty();

    [Theory]
    [InlineData("Refreshing")]
    [InlineData("Building")]
    [InlineData("Planning")]
    [InlineData("Delivering")]
    public void Only_runs_know_the_order_of_the_steps(string step) =>
        Uses($"src/Penstock.Engine/{step}",
            [.. Steps.Where(other => other != step).Append("Runs").Select(other => "Penstock.Engine." + other)])
            .ShouldBeEmpty();

    [Fact]
    public void A_use_is_seen_when_there_is_one() =>
        Steps.Where(step => Uses("src/Penstock.Engine/Runs", "Penstock.Engine." + step).Count == 0).ShouldBeEmpty();

    [Theory]
    [InlineData("src/Penstock.Connectors", "Penstock.Connectors")]
    [InlineData("src/Penstock.Simulators", "Penstock.Simulators")]
    public void No_system_uses_another_ones_folder(string project, string prefix)
    {
        var systems = Directory.GetDirectories(Path.Combine(SourceTree.Root, project)).Select(Path.GetFileName).OfType<string>()
            .Where(name => name is not ("bin" or "obj" or "Common")).ToList();
        systems.ShouldNotBeEmpty();
        systems.SelectMany(system =>
                Uses($"{project}/{system}", [.. systems.Where(other => other != system).Select(other => $"{prefix}.{other}")]))
            .ShouldBeEmpty();
        if (Directory.Exists(Path.Combine(SourceTree.Root, project, "Common")))
            Uses($"{project}/Common", [.. systems.Select(system => $"{prefix}.{system}")]).ShouldBeEmpty();
    }

    [Fact]
    public void Simulators_use_nothing_of_ours() =>
        SourceTree.Below("src/Penstock.Simulators", ".cs")
            .LinesThat(line => OurName().IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).ShouldBeEmpty();

    // A name in code, in a using or written out; from inside a sibling namespace it can also be written without its beginning.
    private static IReadOnlyList<string> Uses(string folder, params string[] namespaces)
    {
        var files = SourceTree.Below(folder, ".cs");
        files.ShouldNotBeEmpty($"{folder} is not where this test looks for it");
        if (namespaces.Length == 0)
            return [];
        var names = namespaces.Concat(namespaces.Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]))
            .Select(Regex.Escape);
        var forbidden = new Regex($@"\b({string.Join('|', names)})\b(?!/)", RegexOptions.CultureInvariant);
        return files.LinesThat(line => forbidden.IsMatch(line) && !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bPenstock\.(?!Simulators\b)[A-Z]\w*")]
    private static partial Regex OurName();
}
