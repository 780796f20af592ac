using Microsoft.AspNetCore.Components;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Pages.Records;

/// <summary>The records of a model, found by key or name. What is asked for is in the address.</summary>
public sealed partial class RecordsPage : ComponentBase
{
    private const int MostColumns = 7;
    private Model? _model;

    /// <summary>The model's id.</summary>
    [Parameter]
    public required string Model { get; set; }

    /// <summary>What the key or the name holds.</summary>
    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    /// <summary>Only members of this group.</summary>
    [SupplyParameterFromQuery]
    public string? Group { get; set; }

    /// <summary>The property to sort by.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    /// <summary>Whether the largest come first.</summary>
    [SupplyParameterFromQuery]
    public bool Down { get; set; }

    /// <summary>Where the page before ended.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private NavigationManager Navigation { get; set; } = default!; // injected

    private string Label => _model?.Display is { } display ? T["Key or {0}", display] : T["Key"];

    private async Task<RecordPage?> LoadAsync(CancellationToken cancellationToken)
    {
        var project = (await Services.CurrentProject(cancellationToken)).Project;
        _model = project.Models.FirstOrDefault(model => model.Id == Model);
        StateHasChanged(); // the filters above know the model now
        if (_model is not { } found)
            return null;
        var group = found.Groups.FirstOrDefault(group => group.Id == Group);
        var query = new RecordQuery
        {
            Search = Search,
            Rule = group is null ? null : RecordQuery.InGroup(group.Id),
            Sort = found.Find(Sort ?? "") is null ? null : Sort,
            Descending = Down,
            Cursor = From,
        };
        return await Services.Inspectors.Records.RecordsAsync(project, found, query, cancellationToken);
    }

    private IEnumerable<string> Columns(RecordPage page) =>
        page.Properties.OrderByDescending(property => property == _model?.Display).Take(MostColumns);

    private static string Value(RecordPage page, RecordRow row, string column)
    {
        for (var i = 0; i < page.Properties.Count; i++)
        {
            if (page.Properties[i] == column)
                return row.Values[i] ?? "–";
        }

        return "–";
    }

    private void Go(string? search, string? group, string? sort, bool down, string? from) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameters($"/models/{Model}/records", new Dictionary<string, object?>
        {
            ["search"] = string.IsNullOrEmpty(search) ? null : search,
            ["group"] = string.IsNullOrEmpty(group) ? null : group,
            ["sort"] = sort,
            ["down"] = down ? true : null,
            ["from"] = from,
        }),
        replace: true);
}
