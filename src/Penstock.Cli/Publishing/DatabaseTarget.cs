using Penstock.Control;
using Penstock.Control.Users;

namespace Penstock.Cli.Publishing;

/// <summary>Revisions in the control database at hand.</summary>
internal sealed class DatabaseTarget(ControlServices services, Actor actor) : IRevisionTarget
{
    /// <inheritdoc/>
    public string Name => services.ControlName;

    /// <inheritdoc/>
    public async Task<Applied> ApplyAsync(
        IReadOnlyDictionary<string, string> files, string comment, long? known, bool dryRun, CancellationToken cancellationToken)
    {
        var result = await services.Revisions.ApplyAsync(actor, files, comment, known, dryRun, cancellationToken);
        return new(result.Number, result.IsUnchanged, result.Changes.Things);
    }

    /// <inheritdoc/>
    public async Task<Pulled?> PullAsync(CancellationToken cancellationToken) =>
        await services.Revisions.PullAsync(cancellationToken) is { } content ? new(content.Info.Number, content.Files) : null;
}
