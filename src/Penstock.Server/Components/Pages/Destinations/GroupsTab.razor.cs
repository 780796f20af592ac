using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Destinations;

/// <summary>How the model's groups are shown at the far end.</summary>
public sealed partial class GroupsTab : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<string, long?> _counts = new(StringComparer.Ordinal);

    /// <summary>The destination as it is edited.</summary>
    [Parameter, EditorRequired]
    public required DestinationEditing Editing { get; set; }

    /// <summary>Whether it can only be looked at.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            foreach (var group in Editing.Model.Groups)
            {
                var count = await Services.DraftData.Records.GroupCountAsync(Editing.Project, Editing.Model, group.Rule, _gone.Token);
                _counts[group.Id] = count.Problem is null ? count.Count : null;
            }
        }
        catch (Exception exception) when (exception is PenstockException or OperationCanceledException)
        {
            // The counts are a help: without them the page says that nothing is counted.
        }
    }

    private IEnumerable<(GroupMapping Mapping, int Place)> Places(string group) =>
        Editing.Destination.Groups.Select((mapping, place) => (mapping, place)).Where(pair => pair.mapping.GroupId == group);

    private GroupForm? Form(GroupMapping mapping) => Editing.Kind.Groups.FirstOrDefault(form => form.Name == mapping.Form);

    private Problem? SavedProblem(int place) => Editing.Problems.FirstOrDefault(problem =>
        problem.Path?.StartsWith($"destinations.{Editing.Destination.Id}.groups[{place}]", StringComparison.Ordinal) == true);

    private void Add(string group, GroupForm form) => Change(groups =>
    {
        // Groups that share a target usually share the one that is there.
        var target = form.SharesTarget ? groups.FirstOrDefault(other => other.Form == form.Name)?.Target ?? "" : "";
        return [.. groups, new(group, form.Name, target, form.Leaving.Count > 0 ? form.Leaving[0].Name : "")];
    });

    private void Put(int place, GroupMapping mapping) =>
        Change(groups => [.. groups.Select((other, index) => index == place ? mapping with { Position = null } : other)]);

    private void Remove(int place) => Change(groups => [.. groups.Where((_, index) => index != place)]);

    private void Change(Func<IReadOnlyList<GroupMapping>, IReadOnlyList<GroupMapping>> edit) =>
        Editing.Change(destination => destination with { Groups = edit(destination.Groups) });
}
