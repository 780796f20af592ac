using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Rules;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Records;

/// <summary>The records of a model; what is looked for is in the address.</summary>
public sealed partial class RecordsPage : ComponentBase, IDisposable
{
    private const int Rows = 50;
    private const int FirstColumns = 5;
    private readonly CancellationTokenSource _gone = new();
    private Latest _looking = default!; // made when the clock is injected
    private Latest _typing = default!; // likewise
    private RecordPage? _page;
    private Problem? _problem;
    private Project? _project;
    private Model? _model;
    private string _search = "";

    /// <summary>The model's id.</summary>
    [Parameter]
    public required string Id { get; set; }

    /// <summary>What is searched.</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? Query { get; set; }

    /// <summary>Whose members are shown; null for everybody.</summary>
    [SupplyParameterFromQuery(Name = "group")]
    public string? Group { get; set; }

    /// <summary>The property to sort by.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary><c>down</c> for the largest first.</summary>
    [SupplyParameterFromQuery(Name = "order")]
    public string? Order { get; set; }

    /// <summary>The columns, with commas; null for the first ones.</summary>
    [SupplyParameterFromQuery(Name = "columns")]
    public string? Columns { get; set; }

    /// <summary>Where the page before ended.</summary>
    [SupplyParameterFromQuery(Name = "after")]
    public string? Cursor { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private Viewer Viewer { get; set; } = default!; // injected

    private bool IsDescending => Order == "down";

    /// <inheritdoc/>
    public void Dispose()
    {
        _looking.Dispose();
        _typing.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        (_looking, _typing) = (new(Viewer.Time, TimeSpan.Zero), new(Viewer.Time, TimeSpan.FromMilliseconds(250)));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!_typing.IsBusy)
            _search = Query ?? "";
        if (_model?.Id == Id)
            await LookAsync();
    }

    private async Task<Model?> LoadModelAsync(CancellationToken cancellationToken)
    {
        _project = (await Draft.ReloadAsync(cancellationToken)).Project;
        _model = _project.Models.FirstOrDefault(model => model.Id == Id);
        await LookAsync();
        return _model;
    }

    private Task LookAsync() => _looking.DoAsync(async token =>
    {
        if (_project is not { } project || _model is not { } model)
            return;
        try
        {
            var query = new RecordQuery
            {
                Search = Query,
                Rule = string.IsNullOrEmpty(Group) ? null : RecordQuery.InGroup(Group),
                Sort = Sort,
                Descending = IsDescending,
                Cursor = Cursor,
                Limit = Rows,
            };
            _page = await Services.DraftData.Records.RecordsAsync(project, model, query, token);
            _problem = null;
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }

        StateHasChanged();
    });

    private Task SearchAsync(ChangeEventArgs change)
    {
        _search = change.Value?.ToString() ?? "";
        return _typing.DoAsync(_ =>
        {
            Go(("search", _search));
            return Task.CompletedTask;
        });
    }

    private HashSet<string> Shown(Model model) => Columns is { } chosen
        ? [.. chosen.Split(',', StringSplitOptions.RemoveEmptyEntries)]
        : [.. model.Properties.Select(property => property.Id).Where(id => id != model.Display)
            .Distinct(StringComparer.Ordinal).Take(FirstColumns)];

    private void Toggle(Model model, string property)
    {
        var shown = Shown(model);
        if (!shown.Remove(property))
            shown.Add(property);
        Navigate(new() { ["columns"] = string.Join(',', shown) });
    }

    private void SortBy(string property) => Go(
        ("sort", property), ("order", Sort == property && !IsDescending ? "down" : null));

    // Another question begins at its first page; only a page is asked for by its cursor.
    private void Go(params (string Name, string? Value)[] changes)
    {
        var all = new Dictionary<string, object?> { ["after"] = null };
        foreach (var (name, value) in changes)
            all[name] = string.IsNullOrEmpty(value) ? null : value;
        Navigate(all);
    }

    private void Navigate(Dictionary<string, object?> changes) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(changes), replace: true);
}
