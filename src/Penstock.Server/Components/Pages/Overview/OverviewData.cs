using Penstock.Control.Health;
using Penstock.Control.Schedules;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Overview;

/// <summary>What the overview shows.</summary>
/// <param name="Project">The published project.</param>
/// <param name="Health">How its models stand.</param>
/// <param name="Next">When they run next.</param>
/// <param name="Figures">What the runs of the last two weeks came to, a day and model each.</param>
public sealed record OverviewData(
    Project Project, IReadOnlyList<ModelHealth> Health, IReadOnlyList<NextRun> Next, IReadOnlyList<Figure> Figures)
{
    /// <summary>When a model runs next; null when nothing is known of it.</summary>
    public NextRun? NextOf(string model) => Next.FirstOrDefault(next => next.Model == model);
}
