using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>What is known while a project is read: things read so far are found here by those that refer to them.</summary>
internal sealed class Scope(ConnectorCatalog catalog, string folder, Findings findings)
{
    public ConnectorCatalog Catalog { get; } = catalog;

    public string Folder { get; } = folder;

    public Findings Findings { get; } = findings;

    /// <summary>All apps declared, those with problems too, so that one problem doesn't bring others.</summary>
    public List<App> Apps { get; } = [];

    public List<Model> Models { get; } = [];

    public List<Destination> Destinations { get; } = [];

    public IConnector? ConnectorOf(string app) => Apps.Find(candidate => candidate.Id == app) is { } found ? Catalog.Find(found.Type)
        : null;

    /// <summary>Reports a reference to something that does not exist.</summary>
    public void Unknown(string what, string written, IReadOnlyCollection<string> known, Node at, string path)
    {
        var help = Findings.IsFull ? null : Suggestion.For(written, known) ?? (
            known.Count == 0 ? $"There is no {what} yet." : $"There are: {Suggestion.List(known)}.");
        Findings.Add(ConfigurationProblems.UnknownReference, at, path, $"The {what} `{written}` does not exist.", help);
    }
}
