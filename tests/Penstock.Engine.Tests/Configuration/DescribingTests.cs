using NJsonSchema;
using Penstock.Engine.Configuration;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Configuration;

public sealed class DescribingTests
{
    private static async Task<IReadOnlyList<string>> Violations(IReadOnlyDictionary<string, string> files)
    {
        var schema = await JsonSchema.FromJsonAsync(ProjectSchema.Write(FakeConnectors.Catalog));
        var findings = new Findings();
        var documents = new ProjectFiles(findings).Read(files);
        findings.HasErrors.ShouldBeFalse();
        return [.. documents.SelectMany(
            document => schema.Validate(document.ToJson()!.ToJsonString()).Select(error => $"{document.File}: {error}"))];
    }

    [Fact]
    public void The_schema_is_the_one_last_reviewed() => Golden.Match(ProjectSchema.Write(FakeConnectors.Catalog), "schema.json");

    [Fact]
    public void The_reference_is_the_one_last_reviewed() => Golden.Match(ConfigurationReference.Write(), "configuration.md");

    [Fact]
    public async Task The_schema_takes_the_example() => (await Violations(ShopProject.Files)).ShouldBeEmpty();

    [Fact]
    public async Task The_schema_takes_the_starter() => (await Violations(StarterProject.Files)).ShouldBeEmpty();

    [Theory]
    [InlineData("project: Shop", "project: Shop\nprojects: 1")]
    [InlineData("host: localhost", "hots: localhost")]
    [InlineData("type: sqlite", "type: oracle")]
    [InlineData("primary_key: id", "primary_kee: id")]
    [InlineData("column: state, equals", "column: state, equal")]
    [InlineData("greater_than: 100", "greater: 100")]
    [InlineData("sync_mode: sync ", "sync_mode: all ")]
    [InlineData("segment_attribute: penstock", "segment_atribute: penstock")]
    [InlineData("{ sum: price }", "{ summe: price }")]
    public async Task The_schema_refuses_what_is_not_known(string before, string after)
    {
        var files = ShopProject.Files;
        var name = files.Single(file => file.Value.Contains(before, StringComparison.Ordinal)).Key;
        files[name] = files[name].Replace(before, after, StringComparison.Ordinal);

        (await Violations(files)).ShouldNotBeEmpty();
    }

    [Fact]
    public void The_starter_validates_as_it_is()
    {
        var reading = ShopProject.Read(StarterProject.Files.ToDictionary());

        reading.Problems.ShouldBeEmpty();
        reading.Project.ShouldNotBeNull().Models[0].Sources.Select(source => (source.Name, source.AppId)).ShouldBe(
            [("users", "shop"), ("purchases", "shop")]);
    }
}
