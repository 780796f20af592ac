using Penstock.Engine.Configuration;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Configuration;

public sealed class WritingTests
{
    private static Project Read(IReadOnlyDictionary<string, string> files)
    {
        var reading = ShopProject.Read(files.ToDictionary());
        reading.Problems.ShouldBeEmpty();
        return reading.Project.ShouldNotBeNull();
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_project()
    {
        var project = Read(WithRareForms());

        var written = ProjectWriter.Write(project);
        var again = Read(written);

        ProjectWriter.WriteCanonical(again).ShouldBe(ProjectWriter.WriteCanonical(project));
        again.Models.SelectMany(model => model.Groups).Select(group => FormTests.Text(group.Rule))
            .ShouldBe(project.Models.SelectMany(model => model.Groups).Select(group => FormTests.Text(group.Rule)));
        again.Models[1].Sources[1].Where[0].Values.ShouldBe(project.Models[1].Sources[1].Where[0].Values);
        again.Models[1].Sources[0].Query.ShouldBe(project.Models[1].Sources[0].Query);
        again.Destinations.SelectMany(destination => destination.Mapping).Select(mapping => mapping with { Position = null })
            .ShouldBe(
                project.Destinations.SelectMany(destination => destination.Mapping).Select(mapping => mapping with { Position = null }));
        Golden.Match(ProjectWriter.WriteCanonical(project), "canonical.yaml");
    }

    private static Dictionary<string, string> WithRareForms()
    {
        var files = ShopProject.Files;
        files["models/rare.yaml"] = """
            model: rare
            identity: b
            display: b
            sources:
              t:
                app: shop
                query: "SELECT 1 -- 'x'\nFROM \"t\""
                primary_key: [id, "n:o"]
                properties: { a: id, b: { column: b, type: json }, at: at }
              u:
                app: local
                table: '"odd.name"'
                join: { "k # x": a }
                where:
                  - { column: x, in: ["true", true, "007", 1.50, "", "null", "~", "a: b", "*x", "- y", "#"] }
                  - { column: y, exists: false }
                time_zone: Europe/Berlin
                empty_is_null: false
                timeout: 90s
                properties: { l: { list: c, by: at, order: desc, limit: 3, type: "string[]" }, n: { count_distinct: c } }
            properties: { c: a + 1, d: { expression: "'x: #' || b", type: string } }
            groups:
              g: [ { property: a, at_least: 1, less_than: 5 } ]
              h:
                any:
                  - { none: [ { property: l, matches: '^\d' }, { member_of: g } ] }
                  - { not_member_of: g }
                  - { property: at, older_than: 1 month }
                all: [ { property: b, is_empty: false }, { property: a, between: [1, 2] }, { property: l, in: ["1", 1] } ]
            """;
        files["destinations/rare.yaml"] = """
            destination: rare
            name: "Rare: one"
            enabled: false
            app: braze
            model: rare
            group: g
            sync_mode: enrich
            guards: { removals: 2.5% }
            options: { object_cap: 50 }
            mapping: { language: { property: d, default: "no", nulls: keep }, external_id: a, first_name: { value: "12" } }
            custom: { tags: { value: [a, "1", 1, { x: ~ }] } }
            """;
        return files;
    }
}
