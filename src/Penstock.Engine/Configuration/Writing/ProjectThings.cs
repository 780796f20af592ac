namespace Penstock.Engine.Configuration;

/// <summary>
/// The parts of a project that are edited, compared and stamped by themselves, each named by a word: <c>project</c>,
/// <c>app:shop</c>, <c>model:users</c>, <c>group:users/vip</c>, <c>destination:braze_users</c>.
/// </summary>
public static class ProjectThings
{
    /// <summary>The name, time zone and country of the project.</summary>
    public const string Header = "project";

    /// <summary>The word of an app.</summary>
    public static string App(string id) => $"app:{id}";

    /// <summary>The word of a model, which stands for all of it but its groups.</summary>
    public static string Model(string id) => $"model:{id}";

    /// <summary>The word of a group.</summary>
    public static string Group(string model, string id) => $"group:{model}/{id}";

    /// <summary>The word of a destination.</summary>
    public static string Destination(string id) => $"destination:{id}";

    /// <summary>The canonical text of each thing by its word: equal things have equal texts.</summary>
    public static IReadOnlyDictionary<string, string> Texts(Project project)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Header] = NodeWriter.Write(ProjectWriter.Header(project with { Apps = [] })),
        };
        foreach (var app in project.Apps)
            Add(App(app.Id), ProjectWriter.App(app));
        foreach (var model in project.Models)
        {
            Add(Model(model.Id), ModelWriter.Node(model with { Groups = [] }));
            foreach (var group in model.Groups)
                Add(Group(model.Id, group.Id), ModelWriter.Group(group));
        }

        foreach (var destination in project.Destinations)
            Add(Destination(destination.Id), DestinationWriter.Node(destination));
        return texts;

        // An unfinished project may have two of the same id.
        void Add(string word, Node node) =>
            texts[word] = texts.TryGetValue(word, out var other) ? other + "---\n" + NodeWriter.Write(node) : NodeWriter.Write(node);
    }
}
