using System.CommandLine;
using System.Reflection;
using Penstock.Cli.Wiring;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Refreshing;
using Penstock.Server;
using Penstock.Server.Api;

namespace Penstock.Cli.Docs;

/// <summary>The generated pages: each from the declarations that the program itself uses.</summary>
internal static class Pages
{
    /// <summary>The pages' text by file, relative to the docs folder.</summary>
    public static IReadOnlyDictionary<string, string> All(RootCommand root)
    {
        var catalog = ConnectorAssemblies.Catalog();
        var pages = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["reference/configuration.md"] = ConfigurationReference.Write(),
            ["reference/penstock.schema.json"] = ProjectSchema.Write(catalog),
            ["reference/types.md"] = CoercionTable.Markdown(),
            ["reference/command-line.md"] = CommandLinePage.Write(root),
            ["reference/errors.md"] = ErrorsPage.Write(Codes(catalog)),
            ["reference/openapi.json"] = OpenApi(),
            ["connectors/README.md"] = ConnectorPage.WriteIndex(catalog),
        };
        foreach (var connector in catalog.All)
            pages[$"connectors/{connector.Declaration.Type}.md"] = ConnectorPage.Write(connector);
        return pages.ToDictionary(page => page.Key, page => page.Value.ReplaceLineEndings("\n").TrimEnd('\n') + "\n",
            StringComparer.Ordinal);
    }

    // Describing the API asks nobody and waits for nothing.
    private static string OpenApi() => Task.Run(() => ApiDocument.WriteAsync(CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Every code that is declared.</summary>
    public static IReadOnlyList<ProblemCode> Codes(ConnectorCatalog catalog)
    {
        IEnumerable<Assembly> own =
        [
            typeof(Problem).Assembly, typeof(ProjectReader).Assembly, typeof(ControlServices).Assembly, typeof(ServerProblems).Assembly,
            typeof(CommandProblems).Assembly,
        ];
        return ProblemCode.In(own.Concat(catalog.All.Select(connector => connector.GetType().Assembly)).Distinct());
    }
}
