using System.Diagnostics.CodeAnalysis;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// One real record against a destination, saved or not: what it would get and in which request, and the trial that really sends it.
/// </summary>
/// <param name="runner">The live runner, or a draft's: then the record is the draft's, and a trial is noted in the live workspace.</param>
public sealed class DestinationInspector(Runner runner)
{
    private RunnerSetup Setup => runner.Setup;

    /// <summary>A record's mapped values and the requests that would be sent. Sends nothing, not even a look-up.</summary>
    /// <param name="project">The project.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="record">The record's key in the model; null for the first one that the destination wants.</param>
    /// <param name="whole">
    /// Whether to show the request as if nothing had been delivered yet, rather than what is still to be sent: for a mapping's editor.
    /// </param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<DestinationPreview> PreviewRecordAsync(
        Project project, Destination destination, string? record, bool whole, CancellationToken cancellationToken)
    {
        var model = project.Model(destination.ModelId);
        return Reader.ReadAsync(Setup, model, (reader, token) => PreviewAsync(reader, project, destination, record, whole, token),
            cancellationToken);
    }

    /// <summary>
    /// The trial: really delivers exactly this record by the ordinary way, with all that a run notes of it. Creates or updates as the
    /// sync mode allows, and never removes. Takes the model's run slot for its time.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="record">The record's key in the model.</param>
    /// <param name="run">The id under which it is noted in the record's history.</param>
    /// <param name="again">Whether to send all of it anew, also what was delivered or refused before.</param>
    /// <param name="cancellationToken">Lets the request in flight finish, then stops.</param>
    /// <exception cref="PenstockException">The workspace can't be opened, or a run of the model goes on.</exception>
    public async Task<TrialResult> SendOneAsync(
        Project project, Destination destination, string record, string run, bool again, CancellationToken cancellationToken)
    {
        var model = project.Model(destination.ModelId);
        try
        {
            var taken = await Reader.ReadAsync(
                Setup, model, (reader, token) => TakenRecord.TakeAsync(reader, project, destination, record, token), cancellationToken);
            return taken is null
                ? new(record)
                {
                    Problem = InspectingProblems.UnknownRecord.Of($"There is no record '{record}'.", InspectingProblems.UnknownRecord.ToDo),
                }
                : await new Trial(Setup, project, destination, taken).SendAsync(run, again, cancellationToken);
        }
        catch (PenstockException error) when (error.Problem.Code != Workspace.WorkspaceProblems.Held.Code)
        {
            return new(record) { Problem = error.Problem };
        }
    }

    private static async Task<DestinationPreview> PreviewAsync(
        Reader reader, Project project, Destination destination, string? record, bool whole, CancellationToken cancellationToken)
    {
        try
        {
            var model = project.Model(destination.ModelId);
            var key = record ?? await FirstAsync(reader, project, model, destination, cancellationToken);
            if (key is null)
                return new(null as string) { Problem = NoRecord(reader, destination) };
            var one = new OneRecord(reader.Connection, project, model, reader.Loaded, reader.Setup);
            await one.NarrowAsync(key, cancellationToken);
            var compiled = await one.CompileAsync(destination, key, cancellationToken);
            await one.PlanAsync(compiled, key, cancellationToken, isWhole: whole);
            var at = await PlannedRecords.OfAsync(reader, compiled, key, cancellationToken);
            var preview = new DestinationPreview(key) { Key = at.Key, Act = at.Act, Reason = at.Reason, Fields = at.Fields };
            return await WithRequestsAsync(reader, project, destination, compiled, preview, cancellationToken);
        }
        catch (PenstockException error)
        {
            return new(record) { Problem = error.Problem };
        }
    }

    private static Problem NoRecord(Reader reader, Destination destination) => reader.IsThere
        ? InspectingProblems.UnknownRecord.Of(
            $"The destination {destination.Id} wants no record yet.", "Choose a record, or another group.")
        : InspectingProblems.NotLoaded.Of("The model's data was not loaded yet.", InspectingProblems.NotLoaded.ToDo);

    private static async Task<string?> FirstAsync(
        Reader reader, Project project, Model model, Destination destination, CancellationToken cancellationToken)
    {
        if (!reader.IsThere)
            return null;
        var members = Sql.Of($"TRUE");
        if (destination.GroupId is { } group)
        {
            var rule = LoadedRules.Of(project, model, reader.Loaded, reader.Setup.Time).OfGroup(group);
            members = rule.Condition ?? throw new PenstockException(rule.Problem!); // without a condition there is a problem
        }

        return await reader.Connection.ScalarAsync<string>(
            Sql.Of($"SELECT min({Layout.Key}) FROM {Layout.Records} WHERE {members}"), cancellationToken);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a connector makes of an answer that nobody gave is of no interest.")]
    private static async Task<DestinationPreview> WithRequestsAsync(
        Reader reader, Project project, Destination destination, CompiledDestination compiled, DestinationPreview preview,
        CancellationToken cancellationToken)
    {
        try
        {
            using var apps = new OpenApps(project, reader.Setup);
            var app = apps.Open(destination.AppId);
            if (!app.Connector.Declaration.SpeaksHttp)
                return preview;
            await OneRecord.OnlyAsync(reader.Connection, compiled, preview.Record!, cancellationToken); // a preview with requests has one
            var feed = new PlannedChanges(reader.Connection, compiled, journal: null);
            await feed.CountAsync(cancellationToken);
            var http = new PreviewHttp(app.Http.Redact, app.Connector.Declaration.Authorization?.Invoke(app.Options).Header);
            var asks = false;
            foreach (var step in Step.Of(app.Connector, app.Options, compiled.Context, feed))
            {
                asks |= step.LooksUp is not null;
                await foreach (var batch in feed.ReadAsync(step.Operation, step.Target, 1, cancellationToken))
                {
                    try
                    {
                        if (step.Jobs is { } jobs)
                            await jobs.BeginAsync(app.Options, batch, http, cancellationToken);
                        else if (step.Send is { } send)
                            await send(batch, http, cancellationToken);
                    }
                    catch (Exception error) when (error is not OperationCanceledException)
                    {
                        // The request was taken down before: that is all that was wanted.
                    }
                }
            }

            return preview with { Requests = http.Requests, AsksFirst = asks };
        }
        catch (PenstockException error)
        {
            return preview with { Problem = error.Problem };
        }
    }
}
