using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>An app ready for use.</summary>
/// <param name="App">As configured.</param>
/// <param name="Connector">Its connector.</param>
/// <param name="Options">Its options, of the connector's option type, with secrets in place.</param>
public sealed record BoundApp(App App, IConnector Connector, object Options);

/// <summary>Makes apps ready for use: resolves references to secrets and binds the options.</summary>
public static class AppBinder
{
    /// <summary>The app with its connector and options, or null with the problems. These show names of secrets, never values.</summary>
    public static BoundApp? Bind(Project project, App app, ConnectorCatalog catalog, ISecretSource secrets, ICollection<Problem> problems)
    {
        if (catalog.Find(app.Type) is not { } connector)
        {
            var problem = ConfigurationProblems.UnknownType.Of($"There is no connector of type `{app.Type}`.");
            problems.Add(app.Position is { } at ? at.At(problem) : problem);
            return null;
        }

        var options = OptionBinder.Bind(connector.Declaration.App, app.Texts, app.Lists, project.Folder, app.Position, secrets, problems);
        return options is null ? null : new BoundApp(app, connector, options);
    }

    /// <summary>The same, for where a problem ends the work.</summary>
    /// <exception cref="PenstockException">The first problem.</exception>
    public static BoundApp Bind(Project project, App app, ConnectorCatalog catalog, ISecretSource secrets)
    {
        var problems = new List<Problem>();
        return Bind(project, app, catalog, secrets, problems) ?? throw new PenstockException(problems[0]);
    }
}

/// <summary>Makes destinations ready for use, as far as their configuration alone goes.</summary>
public static class DestinationBinder
{
    /// <summary>
    /// The context that calls of the connector get, still without the fields and groups, which the planner adds; or null with the problems.
    /// </summary>
    public static DestinationContext? Bind(
        Project project, Destination destination, ConnectorCatalog catalog, ISecretSource secrets, ICollection<Problem> problems)
    {
        var app = project.App(destination.AppId);
        var kind = catalog.Find(app.Type)?.Declaration.Destinations.FirstOrDefault(candidate => candidate.Id == destination.Kind);
        if (kind is null)
        {
            var problem = ConfigurationProblems.UnknownReference.Of($"The app `{app.Id}` has no kind of destination `{destination.Kind}`.");
            problems.Add(destination.Position is { } at ? at.At(problem) : problem);
            return null;
        }

        if (kind.Options is null)
            return new DestinationContext(destination.Id, kind, destination.SyncMode, null);
        var options = OptionBinder.Bind(
            kind.Options, destination.Texts, destination.Lists, project.Folder, destination.Position, secrets, problems);
        return options is null ? null : new DestinationContext(destination.Id, kind, destination.SyncMode, options);
    }

    /// <summary>The same, for where a problem ends the work.</summary>
    /// <exception cref="PenstockException">The first problem.</exception>
    public static DestinationContext Bind(Project project, Destination destination, ConnectorCatalog catalog, ISecretSource secrets)
    {
        var problems = new List<Problem>();
        return Bind(project, destination, catalog, secrets, problems) ?? throw new PenstockException(problems[0]);
    }
}

/// <summary>Binds options that may refer to secrets.</summary>
internal static class OptionBinder
{
    public static object? Bind(
        OptionSet options,
        IReadOnlyDictionary<string, string> texts,
        IReadOnlyDictionary<string, IReadOnlyList<string>> lists,
        string folder,
        Position? position,
        ISecretSource secrets,
        ICollection<Problem> problems)
    {
        var found = new List<Problem>();
        var resolved = texts.ToDictionary(pair => pair.Key, pair => Resolve(pair.Key, pair.Value), StringComparer.Ordinal);
        var resolvedLists = lists.ToDictionary(
            pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value.Select(text => Resolve(pair.Key, text))],
            StringComparer.Ordinal);
        var unresolved = found.Count > 0;
        var record = unresolved ? null : options.Bind(resolved, resolvedLists, folder, found);
        foreach (var problem in found)
            problems.Add(At(Redacted(problem)));
        return record;

        string Resolve(string option, string text)
        {
            if (SecretText.Resolve(text, secrets, out var problem) is { } value)
                return value;
            found.Add(problem! with { Path = option }); // given whenever there is no value
            return "";
        }

        // A value of another form is shown by its problem; one that came from a reference must not be.
        Problem Redacted(Problem problem) =>
            problem.Path is { } option && texts.TryGetValue(option, out var text) && SecretText.HasReference(text)
                && problem.Code == OptionProblems.Invalid.Code
                ? problem with { Message = $"What `{text}` refers to is not good for the option `{option}`." }
                : problem;

        Problem At(Problem problem) => position is null ? problem
            : position.At(problem) with { Path = problem.Path is null ? position.Path : $"{position.Path}.{problem.Path}" };
    }
}
