using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// Writes a changed project over the files it came from: files whose things did not change stay as they are, with their comments; the
/// others are written anew. What is given back reads as the changed project.
/// </summary>
public static class ProjectUpdate
{
    /// <summary>The files of the changed project.</summary>
    /// <param name="files">The files that <paramref name="before"/> was read from.</param>
    /// <param name="before">The project before, as read, with its places.</param>
    /// <param name="after">The changed project.</param>
    /// <param name="catalog">The connectors at hand.</param>
    public static IReadOnlyDictionary<string, string> Write(
        IReadOnlyDictionary<string, string> files, Project before, Project after, ConnectorCatalog catalog)
    {
        var header = HeaderOf(files);
        var homes = Homes(before, header?.File);
        var old = WholeThings(before);
        var wanted = WholeThings(after);
        var changed = old.Keys.Union(wanted.Keys, StringComparer.Ordinal)
            .Where(thing => old.GetValueOrDefault(thing) != wanted.GetValueOrDefault(thing)).ToList();
        var rewritten = new HashSet<string>(StringComparer.Ordinal);
        foreach (var thing in changed)
            Rewrite(thing);

        // An unfinished project is written as it is, for people to look at.
        if (ProjectReader.Read(ProjectWriter.Write(after), after.Folder, catalog).Project is null)
            return new RewrittenFiles(files, homes, header, rewritten).Write(after);

        // What is left out in a kept file may have meant something else before, such as the only app there was: then it is written out.
        for (var tries = 0; tries <= files.Count; tries++)
        {
            var result = new RewrittenFiles(files, homes, header, rewritten).Write(after);
            var reading = ProjectReader.Read(result, after.Folder, catalog);
            if (reading.Project is { } project && ProjectWriter.WriteCanonical(project) == ProjectWriter.WriteCanonical(after))
                return result;
            var count = rewritten.Count;
            var got = reading.Project is { } other ? WholeThings(other) : wanted;
            foreach (var thing in wanted.Keys.Where(thing => got.GetValueOrDefault(thing) != wanted[thing]))
                Rewrite(thing);
            foreach (var problem in reading.Problems.Where(problem => problem.Severity == Severity.Error))
            {
                if (problem.File is { } file && files.ContainsKey(file))
                    rewritten.Add(file);
            }

            if (rewritten.Count == count)
                break;
        }

        return ProjectWriter.Write(after);

        void Rewrite(string thing)
        {
            if ((homes.GetValueOrDefault(thing) ?? (IsApp(thing) ? header?.File : null)) is { } file)
                rewritten.Add(file);
        }
    }

    internal static bool IsApp(string thing) => thing.StartsWith("app:", StringComparison.Ordinal);

    private static MapNode? HeaderOf(IReadOnlyDictionary<string, string> files)
    {
        var findings = new Findings();
        var sections = new Sections(findings);
        foreach (var document in new ProjectFiles(findings).Read(files))
            sections.Add(document);
        return sections.Project;
    }

    private static Dictionary<string, string> Homes(Project project, string? header)
    {
        var homes = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ProjectThings.Header, header);
        foreach (var app in project.Apps)
            Add(ProjectThings.App(app.Id), app.Position?.File);
        foreach (var model in project.Models)
            Add(ProjectThings.Model(model.Id), model.Position?.File);
        foreach (var destination in project.Destinations)
            Add(ProjectThings.Destination(destination.Id), destination.Position?.File);
        return homes;

        void Add(string thing, string? file)
        {
            if (file is not null)
                homes[thing] = file;
        }
    }

    // A model with its groups is one thing here: they stand in one file.
    private static Dictionary<string, string> WholeThings(Project project)
    {
        var texts = ProjectThings.Texts(project with { Models = [] }).ToDictionary(StringComparer.Ordinal);
        foreach (var model in project.Models)
            texts[ProjectThings.Model(model.Id)] = NodeWriter.Write(ModelWriter.Node(model));
        return texts;
    }
}

/// <summary>The files of a project, some kept and some written anew.</summary>
internal sealed class RewrittenFiles(
    IReadOnlyDictionary<string, string> files, IReadOnlyDictionary<string, string> homes, MapNode? header, HashSet<string> rewritten)
{
    private readonly Dictionary<string, string> _result =
        files.Where(file => !rewritten.Contains(file.Key)).ToDictionary(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Write(Project project)
    {
        if (header is null)
            return ProjectWriter.Write(project);
        foreach (var file in rewritten.Order(StringComparer.Ordinal))
            WriteTop(project, file);
        foreach (var model in project.Models)
            WriteOwn("models", model.Id, ProjectThings.Model(model.Id), ModelWriter.Node(model));
        foreach (var destination in project.Destinations)
            WriteOwn("destinations", destination.Id, ProjectThings.Destination(destination.Id), DestinationWriter.Node(destination));
        return _result;
    }

    // The project's own keys and the apps that stand in a file; new apps go to the project's.
    private void WriteTop(Project project, string file)
    {
        var isHeader = file == header?.File;
        var apps = project.Apps.Where(app => homes.TryGetValue(ProjectThings.App(app.Id), out var home) ? home == file : isHeader).ToList();
        if (isHeader)
            _result[Yaml(file)] = NodeWriter.Write(ProjectWriter.Header(project with { Apps = apps }, header?.Find("ignore")?.Value));
        else if (apps.Count > 0)
            _result[Yaml(file)] = NodeWriter.Write(NodeWriter.Map(
                ("apps", NodeWriter.Map(apps.Select(app => (app.Id, (Node?)ProjectWriter.App(app)))))));
    }

    private void WriteOwn(string folder, string id, string thing, Node node)
    {
        var home = homes.GetValueOrDefault(thing);
        if (home is not null && !rewritten.Contains(home))
            return;
        var isAlone = home is not null && homes.Count(pair => pair.Value == home) == 1;
        var name = isAlone && Yaml(home!) == home && !_result.ContainsKey(home!) ? home! // isAlone says that there is one
            : ProjectWriter.FileName(folder, id, _result.Keys);
        _result[name] = NodeWriter.Write(node);
    }

    private static string Yaml(string file) =>
        Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? Path.ChangeExtension(file, ".yaml") : file;
}
