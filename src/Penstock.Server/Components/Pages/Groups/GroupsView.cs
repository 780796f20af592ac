using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Components.Pages.Groups;

/// <summary>What the list of groups shows.</summary>
/// <param name="State">The draft.</param>
/// <param name="Model">The model.</param>
/// <param name="Types">The types of its properties.</param>
/// <param name="Total">How many records there are; null when none are loaded.</param>
/// <param name="Members">How many members each group has, by id; null while something is wrong with its rule.</param>
public sealed record GroupsView(
    DraftState State, Model Model, IReadOnlyDictionary<string, DataType> Types, long? Total, IReadOnlyDictionary<string, long?> Members)
{
    /// <summary>The project.</summary>
    public Project Project => State.Project;

    /// <summary>Puts it together; null when there is no such model.</summary>
    public static async Task<GroupsView?> LoadAsync(
        DraftState state, string id, Inspector records, CancellationToken cancellationToken)
    {
        if (state.Project.Models.FirstOrDefault(model => model.Id == id) is not { } model)
            return null;
        var loaded = await records.LoadedAsync(model, cancellationToken);
        var overlaps = loaded.Records is null
            ? []
            : await records.GroupOverlapAsync(state.Project, model, new RuleSet(Match.All, []), null, cancellationToken);
        return new(state, model, RuleScope.TypesOf(model, loaded), loaded.Records,
            overlaps.DistinctBy(overlap => overlap.Group)
                .ToDictionary(overlap => overlap.Group, overlap => overlap.Members, StringComparer.Ordinal));
    }
}
