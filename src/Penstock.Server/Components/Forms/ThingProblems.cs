using Penstock.Contract;
using Penstock.Control.Revisions;

namespace Penstock.Server.Components.Forms;

/// <summary>The draft's problems where they belong.</summary>
public static class ThingProblems
{
    /// <summary>Those at a place or inside of it, such as <c>apps.shop</c> or <c>models.users.properties.email</c>.</summary>
    public static IReadOnlyList<Problem> Of(DraftState state, string path) =>
    [
        .. state.Problems.Where(problem => problem.Path is { } at
            && (at == path || at.StartsWith(path + ".", StringComparison.Ordinal) || at.StartsWith(path + "[", StringComparison.Ordinal))),
    ];
}
