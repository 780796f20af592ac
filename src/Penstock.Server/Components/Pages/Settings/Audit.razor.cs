using System.Globalization;
using Microsoft.AspNetCore.Components;
using Penstock.Control.Audit;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Settings;

/// <summary>The audit log; what is filtered by is in the address, so that it can be shared.</summary>
public sealed partial class Audit : ComponentBase
{
    private const int PageSize = 50;

    private string? _text;
    private string? _who;
    private string? _action;
    private string? _from;
    private string? _to;

    /// <summary>Text in the subject, the name or the change.</summary>
    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    /// <summary>Part of the actor's name.</summary>
    [SupplyParameterFromQuery]
    public string? Who { get; set; }

    /// <summary>What was done.</summary>
    [SupplyParameterFromQuery]
    public string? Action { get; set; }

    /// <summary>The first day, as <c>yyyy-MM-dd</c> in the viewer's zone.</summary>
    [SupplyParameterFromQuery]
    public string? From { get; set; }

    /// <summary>The last day.</summary>
    [SupplyParameterFromQuery]
    public string? To { get; set; }

    /// <summary>Where the page begins.</summary>
    [SupplyParameterFromQuery]
    public string? Cursor { get; set; }

    [Inject]
    private Viewer Viewer { get; set; } = default!; // injected

    /// <inheritdoc/>
    protected override void OnParametersSet() => (_text, _who, _action, _from, _to) = (Text, Who, Action, From, To);

    private async Task<AuditPage?> LoadAsync(CancellationToken cancellationToken) => await Services.People.Audit.ListAsync(
        new AuditFilter { Text = Text, Actor = Who, Action = Action, From = Day(From, 0), To = Day(To, 1) }, Cursor, PageSize,
        cancellationToken);

    private void Search() => Navigation.NavigateTo(Address(null, _text, _who, _action, _from, _to));

    private string Address(string? cursor) => Address(cursor, Text, Who, Action, From, To);

    private string Address(string? cursor, string? text, string? who, string? action, string? from, string? to) =>
        Navigation.GetUriWithQueryParameters("/audit", new Dictionary<string, object?>
        {
            ["text"] = Given(text),
            ["who"] = Given(who),
            ["action"] = Given(action),
            ["from"] = Given(from),
            ["to"] = Given(to),
            ["cursor"] = cursor,
        });

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private DateTimeOffset? Day(string? day, int later)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            return null;
        var midnight = parsed.AddDays(later).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Viewer.Zone.GetUtcOffset(midnight));
    }
}
