using Penstock.Contract;
using Penstock.Control.Revisions;

namespace Penstock.Server.Components.Pages.Publishing;

/// <summary>The draft beside what was published.</summary>
/// <param name="State">The draft.</param>
/// <param name="Changes">What it changes.</param>
public sealed record DraftView(DraftState State, Control.Revisions.Changes Changes)
{
    /// <summary>What keeps it from being published.</summary>
    public IReadOnlyList<Problem> Errors { get; } = [.. State.Problems.Where(problem => problem.Severity == Severity.Error)];
}
