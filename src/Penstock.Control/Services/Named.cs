using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Services;

/// <summary>Finds what a person named, or says what they may have meant.</summary>
public static class Named
{
    /// <summary>The model of that id.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public static Model Model(Project project, string id) =>
        project.Models.FirstOrDefault(model => model.Id == id)
        ?? throw Unknown(ControlProblems.UnknownModel, "model", id, project.Models.Select(model => model.Id));

    /// <summary>The models of those ids; all of the project's for none.</summary>
    /// <exception cref="PenstockException">One is unknown, or the project has no model.</exception>
    public static IReadOnlyList<Model> Models(Project project, IReadOnlyCollection<string> ids)
    {
        if (project.Models.Count == 0)
            throw new PenstockException(ControlProblems.NoModels.Of("The project has no model.",
                "Write one: see 'penstock init' for an example."));
        return ids.Count == 0 ? project.Models : [.. ids.Distinct(StringComparer.Ordinal).Select(id => Model(project, id))];
    }

    /// <summary>The destination of that id.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public static Destination Destination(Project project, string id) =>
        project.Destinations.FirstOrDefault(destination => destination.Id == id)
        ?? throw Unknown(ControlProblems.UnknownDestination, "destination", id, project.Destinations.Select(destination => destination.Id));

    /// <summary>The app of that id.</summary>
    /// <exception cref="PenstockException">There is none.</exception>
    public static App App(Project project, string id) =>
        project.Apps.FirstOrDefault(app => app.Id == id) ?? throw Unknown(ControlProblems.UnknownApp, "app", id,
            project.Apps.Select(app => app.Id));

    /// <summary>The group of that id.</summary>
    /// <exception cref="PenstockException">The model has none.</exception>
    public static Group Group(Model model, string id) =>
        model.Groups.FirstOrDefault(group => group.Id == id)
        ?? throw Unknown(ControlProblems.UnknownGroup, $"group of the model {model.Id}", id, model.Groups.Select(group => group.Id));

    /// <summary>That something has no such name, with the nearest one there is.</summary>
    /// <param name="code">The problem's code.</param>
    /// <param name="what">What is named, such as <c>model</c>.</param>
    /// <param name="name">What was given.</param>
    /// <param name="known">The names there are.</param>
    public static PenstockException Unknown(ProblemCode code, string what, string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = names.Select(candidate => (Name: candidate,
            Distance: Distance(name, candidate))).OrderBy(pair => pair.Distance).FirstOrDefault();
        var help = names.Count == 0 ? "There is none."
            : nearest.Distance <= Math.Max(2, name.Length / 3) ? $"Did you mean '{nearest.Name}'?"
            : $"There are: {string.Join(", ", names.Take(20))}.";
        return new PenstockException(code.Of($"There is no {what} called '{name}'.", help));
    }

    // Levenshtein's: how many characters must be put in, taken out or changed.
    private static int Distance(string given, string known)
    {
        var previous = Enumerable.Range(0, known.Length + 1).ToArray();
        for (var i = 1; i <= given.Length; i++)
        {
            var current = new int[known.Length + 1];
            current[0] = i;
            for (var j = 1; j <= known.Length; j++)
            {
                var cost = char.ToLowerInvariant(given[i - 1]) == char.ToLowerInvariant(known[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            previous = current;
        }

        return previous[^1];
    }
}
