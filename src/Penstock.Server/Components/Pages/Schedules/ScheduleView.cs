using Penstock.Contract;
using Penstock.Control.Schedules;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Schedules;

/// <summary>A model's schedule, as the draft has it and as it is carried out.</summary>
/// <param name="Project">The draft's project.</param>
/// <param name="Model">The draft's model.</param>
/// <param name="Next">What is carried out now; null when the model is not published.</param>
/// <param name="Problems">What is wrong with the draft's schedule.</param>
/// <param name="IsChanged">Whether the draft's schedule is another than the published one.</param>
public sealed record ScheduleView(Project Project, Model Model, NextRun? Next, IReadOnlyList<Problem> Problems, bool IsChanged)
{
    /// <summary>Whether there is something to run.</summary>
    public bool IsPublished => Next is not null;
}
