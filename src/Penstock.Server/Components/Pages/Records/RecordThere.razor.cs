using Microsoft.AspNetCore.Components;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;

namespace Penstock.Server.Components.Pages.Records;

/// <summary>A record at one destination: delivered, pending, refused, and what it got when.</summary>
public sealed partial class RecordThere : ComponentBase, IDisposable
{
    private const int Most = 20;
    private const int First = 10; // what a record's detail brings with it
    private readonly CancellationTokenSource _gone = new();
    private readonly List<ExplainedSend> _sends = [];
    private RecordAtDestination? _shown;
    private int? _next;
    private DestinationPreview? _preview;

    /// <summary>The project.</summary>
    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The record there.</summary>
    [Parameter, EditorRequired]
    public required RecordAtDestination There { get; set; }

    /// <summary>The record's key in the model.</summary>
    [Parameter, EditorRequired]
    public required string Record { get; set; }

    /// <summary>Whether the model has it.</summary>
    [Parameter, EditorRequired]
    public required bool InModel { get; set; }

    /// <summary>Whether runs have data of the model; otherwise the draft's is shown.</summary>
    [Parameter]
    public bool IsLive { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    private Destination? Destination => Project.Destinations.FirstOrDefault(destination => destination.Id == There.Destination);

    private string Name => Destination?.Name ?? There.Destination;

    private bool IsBad => There.Problem is not null || There.Failure is not null || There.Act == "refuse";

    private string Colour => IsBad ? "ps-bad" : There.Act == "nothing" ? There.DeliveredAt is null ? "ps-muted" : "ps-good" : "ps-info";

    private string ActWords => There.Act switch
    {
        _ when There.Problem is not null => "can't be told",
        _ when There.Failure is not null => "was refused",
        "create" => "will be created",
        "update" => "will be updated",
        "rename" => "will be renamed",
        "remove" => "will be removed",
        "skip" => "is left out",
        "refuse" => "would be refused",
        _ => There.DeliveredAt is null ? "not sent" : "up to date",
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, There))
            return;
        (_shown, _preview) = (There, null);
        _sends.Clear();
        _sends.AddRange(There.History);
        _next = There.History.Count < First ? null : There.History.Count;
    }

    private async Task MoreAsync()
    {
        if (Destination is not { } destination || There.Key is not { } key || _next is not { } offset)
            return;
        var page = await Services.Inspectors.Records.HistoryAsync(Project, destination, key, offset, Most, _gone.Token);
        _sends.AddRange(page.Sends);
        _next = page.Next;
    }

    private async Task PreviewAsync()
    {
        if (Destination is not { } destination)
            return;
        try
        {
            var destinations = IsLive ? Services.Inspectors.Destinations : Services.DraftData.Destinations;
            _preview = await destinations.PreviewRecordAsync(Project, destination, Record, whole: false, _gone.Token);
        }
        catch (PenstockException exception)
        {
            _preview = new(Record) { Problem = exception.Problem };
        }
    }
}
