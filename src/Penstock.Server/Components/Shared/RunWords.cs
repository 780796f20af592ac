using MudBlazor;
using Penstock.Control.Health;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Server.Components.Shared;

/// <summary>What the states of runs and models are called, and how they look.</summary>
public static class RunWords
{
    /// <summary>A run's status: word, class of its colour, icon.</summary>
    public static (string Word, string Style, string Icon) Of(KeptStatus status) => status switch
    {
        KeptStatus.Queued => ("Waiting its turn", "ps-muted", Icons.Material.Outlined.HourglassEmpty),
        KeptStatus.Running => ("Running", "ps-info", Icons.Material.Outlined.Sync),
        KeptStatus.Succeeded => ("Succeeded", "ps-good", Icons.Material.Outlined.CheckCircle),
        KeptStatus.Partial => ("Some refused", "ps-warn", Icons.Material.Outlined.ReportProblem),
        KeptStatus.Waiting => ("Waiting for approval", "ps-warn", Icons.Material.Outlined.PanTool),
        KeptStatus.Failed => ("Failed", "ps-bad", Icons.Material.Outlined.ErrorOutline),
        KeptStatus.Cancelled => ("Cancelled", "ps-muted", Icons.Material.Outlined.Cancel),
        _ => ("Interrupted", "ps-warn", Icons.Material.Outlined.PowerOff),
    };

    /// <summary>A model's health: word, class of its colour, icon.</summary>
    public static (string Word, string Style, string Icon) Of(HealthState state) => state switch
    {
        HealthState.Healthy => ("Healthy", "ps-good", Icons.Material.Outlined.CheckCircle),
        HealthState.Late => ("Late", "ps-warn", Icons.Material.Outlined.Schedule),
        HealthState.Unusual => ("Unusual", "ps-warn", Icons.Material.Outlined.QueryStats),
        HealthState.Waiting => ("Waiting for approval", "ps-warn", Icons.Material.Outlined.PanTool),
        HealthState.Failing => ("Failing", "ps-bad", Icons.Material.Outlined.ErrorOutline),
        _ => ("Never run", "ps-muted", Icons.Material.Outlined.HourglassEmpty),
    };

    /// <summary>What made a run.</summary>
    public static string Of(RunTrigger trigger) => trigger switch
    {
        RunTrigger.Person => "by hand",
        RunTrigger.Schedule => "by its schedule",
        RunTrigger.After => "after another model",
        RunTrigger.Query => "because a query's answer changed",
        RunTrigger.Api => "through the API",
        RunTrigger.Retry => "to retry what was refused",
        RunTrigger.Resume => "to go on after a restart",
        _ => "at the command line",
    };

    /// <summary>What a step does.</summary>
    public static string Of(RunStep step) => step switch
    {
        RunStep.Refresh => "Read the sources",
        RunStep.Build => "Build records and groups",
        RunStep.Plan => "Plan",
        RunStep.Deliver => "Deliver",
        _ => "Finish",
    };
}
