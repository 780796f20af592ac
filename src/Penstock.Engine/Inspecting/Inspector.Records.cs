using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

public sealed partial class Inspector
{
    /// <summary>
    /// All that is known of one record: values, groups with the deciding rules, and at each destination of the model what was delivered,
    /// what a run would send now, and what was refused.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="model">The model.</param>
    /// <param name="key">The record's key in the model.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<RecordDetail> RecordAsync(Project project, Model model, string key, CancellationToken cancellationToken) =>
        Reader.ReadAsync(
            Setup,
            model,
            (reader, token) => reader.IsThere
                ? new RecordView(reader, project, model, key).ReadAsync(token)
                : Task.FromResult(new RecordDetail(key, false) { Problem = Nothing }),
            cancellationToken);

    /// <summary>What was sent of a record, newest first, page by page.</summary>
    /// <param name="project">The project.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="key">The record's key at the far end: <see cref="RecordAtDestination.Key"/>.</param>
    /// <param name="offset">How many of the newest to leave out: <see cref="HistoryPage.Next"/> of the page before; 0 to begin.</param>
    /// <param name="limit">The most, 1 to 200.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<HistoryPage> HistoryAsync(
        Project project, Destination destination, string key, int offset, int limit, CancellationToken cancellationToken) =>
        Reader.ReadAsync(
            Setup,
            project.Model(destination.ModelId),
            (reader, token) => RecordView.HistoryAsync(reader, destination.Id, key, Math.Max(0, offset), Math.Clamp(limit, 1, 200), token),
            cancellationToken);

    /// <summary>
    /// The records of the plan that the last run, plan or waiting run left, by key, with what changes field by field; readable until the
    /// next one. What a run has delivered since shows the same before and after.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="act">create, update, rename, remove (who would be removed, to be approved), skip or refuse; null for all.</param>
    /// <param name="cursor">Where the page before ended: its <see cref="PlanPage.Next"/>; null for the first page.</param>
    /// <param name="limit">The most records, 1 to 200.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<PlanPage> PlanChangesAsync(
        Project project, Destination destination, string? act, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var model = project.Model(destination.ModelId);
        return Reader.ReadAsync(
            Setup,
            model,
            (reader, token) => PlannedRecords.PageAsync(reader, model, destination, act, cursor, Math.Clamp(limit, 1, 200), token),
            cancellationToken);
    }

    /// <summary>Exactly who would be removed by the last plan, page by page.</summary>
    /// <inheritdoc cref="PlanChangesAsync"/>
    public Task<PlanPage> RemovalsAsync(
        Project project, Destination destination, string? cursor, int limit, CancellationToken cancellationToken) =>
        PlanChangesAsync(project, destination, "remove", cursor, limit, cancellationToken);
}
