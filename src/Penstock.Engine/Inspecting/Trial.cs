using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>Sends one record by the way of all records: plan, delivery, journal, folding.</summary>
internal sealed class Trial(RunnerSetup setup, Project project, Destination destination, TakenRecord taken)
{
    public async Task<TrialResult> SendAsync(string run, bool again, CancellationToken cancellationToken)
    {
        var live = setup.Live is { } folder ? setup with { Workspace = folder, Live = null } : setup;
        // Somebody waits for the answer.
        live = live with { Delivery = live.Delivery with { Tries = Math.Min(2, live.Delivery.Tries) } };
        var model = project.Model(destination.ModelId);
        await using var session = await ModelSession.OpenAsync(project, model, live, cancellationToken);
        var app = session.Apps.Open(destination.AppId);
        var exchanges = new List<Exchange>();
        app.Http.Watch = exchanges.Add;
        await taken.PutAsync(session.Connection, cancellationToken);
        try
        {
            var result = await DeliverAsync(session, app, run, again, cancellationToken);
            return result with { Exchanges = [.. exchanges.Select(Shown)] };
        }
        finally
        {
            await RestoreAsync(session, app);
        }
    }

    private async Task<TrialResult> DeliverAsync(
        ModelSession session, OpenApp app, string run, bool again, CancellationToken cancellationToken)
    {
        var compiled = taken.Compiled;
        var looksUp = app.Connector is ILooksUp asks && asks.LooksUp(app.Options, compiled.Context);
        var destinationSetup = new DestinationSetup(destination, app, compiled, looksUp);
        var plan = await new Planner(session.Connection).PlanAsync(compiled, Options(destinationSetup, again), cancellationToken);
        await OneRecord.OnlyAsync(session.Connection, compiled, taken.Key, cancellationToken);
        var (act, key, reason) = await PlannedAsync(session.Connection, cancellationToken);
        var result = new TrialResult(taken.Key) { Act = act, Key = key, Problem = reason };
        if (act is "nothing" or "skip")
            return result with { Outcome = act == "skip" ? OutcomeKind.Skipped : OutcomeKind.None };

        var delivering = new DestinationRun(session, destinationSetup, plan, new() { Id = run, Full = again }, null) { IsPartial = true };
        var sent = await delivering.DeliverAsync([], cancellationToken);
        // The plan's own reasons are about all records that are alike; what was sent is about this one.
        var why = sent.Reasons.FirstOrDefault(reason => reason.Kind != OutcomeKind.Skipped || reason.Keys.Contains(key ?? ""));
        var outcome = sent.Delivered > 0 ? OutcomeKind.Delivered
            : sent.Refused > 0 ? OutcomeKind.Refused
            : sent.Failed > 0 ? OutcomeKind.Failed
            : sent.Skipped > 0 ? OutcomeKind.Skipped
            : OutcomeKind.None;
        return result with
        {
            Outcome = outcome,
            Problem = outcome == OutcomeKind.Delivered ? null
                : sent.Problem ?? (why is null ? reason : new Problem(why.Code, why.Message, why.Help)),
        };
    }

    private async Task<(string Act, string? Key, Problem? Reason)> PlannedAsync(
        WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        var query = Sql.Of($"SELECT act, key, code, reason FROM {Layout.Plan(destination.Id)}");
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
        {
            var reason = row.IsDBNull(2) ? null
                : new Problem(row.GetString(2), row.IsDBNull(3) ? "" : row.GetString(3), RowReasons.ToDo(row.GetString(2)));
            var act = row.GetString(0);
            return (act == "quiet" ? "nothing" : act, row.IsDBNull(1) ? null : row.GetString(1), reason);
        }

        return ("nothing", null, null);
    }

    // The plan of one record must not be taken for the plan of the model.
    private async Task RestoreAsync(ModelSession session, OpenApp app)
    {
        var connection = session.Connection;
        await connection.ExecuteAsync(Sql.Of($"DROP TABLE {new Identifier("temp", "records")}"), CancellationToken.None);
        await connection.ExecuteAsync(Sql.Of($"DROP TABLE IF EXISTS {Layout.Plan(destination.Id)}"), CancellationToken.None);
        if (setup.Live is not null)
            return;
        try
        {
            var destinationSetup = new DestinationSetup(destination, app, taken.Compiled, false);
            await new Planner(connection).PlanAsync(
                taken.Compiled, Options(destinationSetup, full: false) with { OnlyWanted = false }, CancellationToken.None);
        }
        catch (DuckDBException)
        {
            // A group was edited since the records were built: they have no column for it, and the next plan builds them.
        }
    }

    private PlannerOptions Options(DestinationSetup destinationSetup, bool full) => new()
    {
        Full = full,
        OnlyWanted = true,
        RemovalThreshold = destination.RemovalThreshold,
        Limits = destinationSetup.Limits,
        LooksUp = destinationSetup.LooksUp,
    };

    private static TrialExchange Shown(Exchange exchange) => new(
        exchange.Method, exchange.Address, PreviewHttp.Pretty(exchange.Request), exchange.Status, PreviewHttp.Pretty(exchange.Answer),
        exchange.At);
}
