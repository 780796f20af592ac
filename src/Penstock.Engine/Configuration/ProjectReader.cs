using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>What reading a project gave.</summary>
/// <param name="Project">The project; null when any problem is an error.</param>
/// <param name="Problems">All problems, by file and line.</param>
public sealed record ProjectReading(Project? Project, IReadOnlyList<Problem> Problems);

/// <summary>
/// Reads a project from its files and checks it as a whole, without connecting anywhere. Every <c>*.yaml</c>, <c>*.yml</c> and
/// <c>*.json</c> below the
/// folder must be part of it, except in folders that begin with a dot, <c>node_modules</c>, <c>bin</c> and <c>obj</c>, and what
/// <c>ignore:</c> in
/// <c>penstock.yaml</c> lists.
/// </summary>
public static class ProjectReader
{
    /// <summary>Reads the files of a folder.</summary>
    public static ProjectReading Read(string folder, ConnectorCatalog catalog)
    {
        var findings = new Findings();
        var documents = new ProjectFiles(findings).Read(folder);
        return Read(documents, Path.GetFullPath(folder), catalog, findings);
    }

    /// <summary>The texts of the files that are part of the project in a folder, as they are, by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">Takes why files can't be read, and what is wrong with their syntax.</param>
    public static IReadOnlyDictionary<string, string> Texts(string folder, ICollection<Problem> problems)
    {
        var findings = new Findings();
        var texts = new ProjectFiles(findings).Texts(folder);
        foreach (var problem in findings.Sorted())
            problems.Add(problem);
        return texts;
    }

    /// <summary>Reads given texts, by file name relative to <paramref name="folder"/>: for tests, and for what isn't saved yet.</summary>
    public static ProjectReading Read(IReadOnlyDictionary<string, string> files, string folder, ConnectorCatalog catalog)
    {
        var findings = new Findings();
        var documents = new ProjectFiles(findings).Read(files);
        return Read(documents, Path.GetFullPath(folder), catalog, findings);
    }

    private static ProjectReading Read(IReadOnlyList<Node> documents, string folder, ConnectorCatalog catalog, Findings findings)
    {
        var sections = new Sections(findings);
        foreach (var document in documents)
            sections.Add(document);

        // In the order in which they refer to each other: a thing finds what it names among those read before.
        var scope = new Scope(catalog, folder, findings);
        var apps = new AppReader(scope);
        sections.Apps.ForEach(apps.Read);
        var models = new ModelReader(scope);
        sections.Models.ForEach(models.Read);
        new ScheduleReader(scope).CheckOrder();
        var destinations = new DestinationReader(scope);
        sections.Destinations.ForEach(destinations.Read);

        if (documents.Count == 0 && !findings.HasErrors)
            findings.Add(ConfigurationProblems.Empty.Of(
                "The folder holds no configuration.",
                "Run `penstock init DIR` for a project to start from, or write a penstock.yaml that begins with `project: NAME`."));
        var project = ReadProject(sections, scope, hasDocuments: documents.Count > 0);
        return new(findings.HasErrors ? null : project, findings.Sorted());
    }

    private static Project? ReadProject(Sections sections, Scope scope, bool hasDocuments)
    {
        if (sections.Project is not { } node)
        {
            if (hasDocuments)
                scope.Findings.Add(
                    ConfigurationProblems.ProjectMissing.Of("No file names the project.",
                        "Add `project: NAME` to penstock.yaml.") with
                    { File = "penstock.yaml" });
            return null;
        }

        var map = new MapReader(node, ConfigurationKeys.Project, "", scope.Findings, others: _ => true); // its keys were checked before
        CheckIgnore(map, scope.Findings);
        return new Project
        {
            Name = map.Required("project", "Write its name after `project:`.") ?? "",
            TimeZone = Zones.Read(map, "time_zone", scope.Findings),
            DefaultCountry = Country(map, scope.Findings),
            Folder = scope.Folder,
            Apps = scope.Apps,
            Models = scope.Models,
            Destinations = scope.Destinations,
        };
    }

    private static void CheckIgnore(MapReader map, Findings findings)
    {
        foreach (var item in map.List("ignore").Where(item => item is not ScalarNode { IsNull: false }))
            map.Invalid("ignore", item, "a list of globs such as `data/**`");
        if (map.Has("ignore") && map.Node.File is not ("penstock.yaml" or "penstock.yml" or "penstock.json"))
            findings.Add(
                ConfigurationProblems.UnknownKey, map.Node, "ignore", "`ignore:` is read from penstock.yaml in the project folder only.",
                "Move it there.");
    }

    private static string? Country(MapReader map, Findings findings)
    {
        if (map.Text("default_country") is not { } country)
            return null;
        var known = PhoneNumbers.PhoneNumberUtil.GetInstance().GetSupportedRegions();
        if (known.Contains(country.ToUpperInvariant()))
            return country.ToUpperInvariant();
        // its text was read just now
        map.Invalid("default_country", map.Find("default_country")!, "an ISO 3166 country of two letters such as `BR`");
        return null;
    }
}
