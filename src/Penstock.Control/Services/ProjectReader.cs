using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Services;

/// <summary>Stands in for the engine's reader until it is merged.</summary>
public static class ProjectReader
{
    /// <summary>Reads nothing.</summary>
    public static ProjectReading Read(string folder, ConnectorCatalog catalog) =>
        new(null, [new("configuration.not_read", $"{folder} is not read yet by {catalog.All.Count} connectors.")]);
}

/// <summary>Stands in for the engine's.</summary>
/// <param name="Project">The project.</param>
/// <param name="Problems">The problems.</param>
public sealed record ProjectReading(Project? Project, IReadOnlyList<Problem> Problems);
