using Penstock.Control.Revisions;

namespace Penstock.Cli.Publishing;

/// <summary>Where revisions are: the control database itself, or a running server.</summary>
internal interface IRevisionTarget
{
    /// <summary>Tells it from others; holds no password.</summary>
    string Name { get; }

    /// <summary>Publishes files.</summary>
    /// <param name="files">The files by name.</param>
    /// <param name="comment">What the author says about it.</param>
    /// <param name="known">The revision that they come from; 0 for none; null to put them over whatever is there.</param>
    /// <param name="dryRun">Whether to say only what would change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Applied> ApplyAsync(
        IReadOnlyDictionary<string, string> files, string comment, long? known, bool dryRun, CancellationToken cancellationToken);

    /// <summary>The newest revision; null for none.</summary>
    Task<Pulled?> PullAsync(CancellationToken cancellationToken);
}

/// <summary>What publishing files came to.</summary>
/// <param name="Number">The revision.</param>
/// <param name="IsUnchanged">Whether it has these very files already.</param>
/// <param name="Changes">What they change.</param>
internal sealed record Applied(long Number, bool IsUnchanged, IReadOnlyList<ThingChange> Changes);

/// <summary>A revision with its files.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Files">The files by name.</param>
internal sealed record Pulled(long Number, IReadOnlyDictionary<string, string> Files);
