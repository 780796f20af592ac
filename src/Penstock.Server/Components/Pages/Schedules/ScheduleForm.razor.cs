using Microsoft.AspNetCore.Components;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Schedules;

/// <summary>The choice of a schedule; says each change at once.</summary>
public sealed partial class ScheduleForm : ComponentBase
{
    private string _kind = "none";
    private int _number = 15;
    private RelativeUnit _unit = RelativeUnit.Minutes;
    private string _cron = "0 6 * * *";
    private string? _after;
    private string? _app;
    private string _query = "";
    private Schedule? _shown;

    /// <summary>The schedule; null for none.</summary>
    [Parameter, EditorRequired]
    public required Schedule? Value { get; set; }

    /// <summary>The draft's project.</summary>
    [Parameter, EditorRequired]
    public required Project Project { get; set; }

    /// <summary>The model.</summary>
    [Parameter, EditorRequired]
    public required Model Model { get; set; }

    /// <summary>Called with the schedule as it is now.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<Schedule?> OnChanged { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Value) && _shown is not null)
            return;
        _shown = Value;
        switch (Value)
        {
            case IntervalSchedule interval: (_kind, _number, _unit) = ("every", interval.Every.Number, interval.Every.Unit); break;
            case CronSchedule cron: (_kind, _cron) = ("cron", cron.Cron); break;
            case AfterSchedule after: (_kind, _after) = ("after", after.ModelId); break;
            case ChangeSchedule change: (_kind, _app, _query, _number) = ("change", change.AppId, change.Query, change.Every.Number); break;
            default: _kind = "none"; break;
        }
    }

    private Task ChooseAsync(string? kind) => SetAsync(() =>
    {
        _kind = kind ?? "none";
        _after ??= Project.Models.FirstOrDefault(other => other.Id != Model.Id)?.Id;
        _app ??= Model.Sources.Count > 0 ? Model.Primary.AppId : Project.Apps.FirstOrDefault()?.Id;
    });

    private Task SetAsync(Action set)
    {
        set();
        _shown = _kind switch
        {
            "every" => new IntervalSchedule(new(_number, _unit)),
            "cron" => new CronSchedule(_cron.Trim()),
            "after" => new AfterSchedule(_after ?? ""),
            "change" => new ChangeSchedule(_app ?? "", _query.Trim(), new(_number, RelativeUnit.Minutes)),
            _ => null,
        };
        return OnChanged.InvokeAsync(_shown);
    }
}
