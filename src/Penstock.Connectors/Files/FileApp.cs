using Penstock.Contract;

namespace Penstock.Connectors.Files;

/// <summary>A folder that takes files of changes.</summary>
public sealed record FileApp
{
    /// <summary>The folder; made on the first write when it isn't there.</summary>
    [Option("Folder", Help = "Where the files go, one for each destination; relative to the project folder.", Example = "changes")]
    public required FilePath Folder { get; init; }
}
