using Penstock.Cli.Commands;
using Penstock.Cli.Docs;
using Penstock.Cli.Wiring;

namespace Penstock.EndToEnd.Tests.Repository;

public sealed class GeneratedDocsTests
{
    private static readonly string Docs = Path.Combine(SourceTree.Root, "docs");

    [Fact]
    public void Generated_pages_are_as_committed()
    {
        var stale =
            from page in All()
            let file = Path.Combine(Docs, page.Key)
            where !File.Exists(file) || File.ReadAllText(file).ReplaceLineEndings("\n") != page.Value
            select page.Key;
        stale.ShouldBeEmpty("write them with 'penstock docs docs' and commit them");
    }

    [Fact]
    public void No_page_of_a_connector_is_left_from_before()
    {
        var known = All().Keys.ToHashSet(StringComparer.Ordinal);
        SourceTree.Below("docs/connectors", ".md").Select(file => file.Path["docs/".Length..]).Where(page => !known.Contains(page))
            .ShouldBeEmpty();
    }

    private static IReadOnlyDictionary<string, string> All() => Pages.All(Root.Create(new Surroundings
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Folder = SourceTree.Root,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
    }));
}
