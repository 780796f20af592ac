using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Planning;

/// <summary>What a plan depends on besides the workspace.</summary>
public sealed record PlannerOptions
{
    /// <summary>Whether everything is sent anew.</summary>
    public bool Full { get; init; }

    /// <summary>The share of removals above which a person must approve, 0 to 1.</summary>
    public double RemovalThreshold { get; init; } = 0.1;

    /// <summary>Whether a person has approved removals.</summary>
    public bool RemovalsApproved { get; init; }

    /// <summary>How many removals a person has seen and approved: up to so many pass; null for none.</summary>
    public long? ApprovedRemovals { get; init; }

    /// <summary>Whether records that are not wanted any more are left out of the plan: it is about some records only.</summary>
    public bool OnlyWanted { get; init; }

    /// <summary>What each operation's requests take.</summary>
    public required Func<Operation, Limits> Limits { get; init; }

    /// <summary>Whether records are looked up before they are written.</summary>
    public bool LooksUp { get; init; }
}

/// <summary>
/// records ⟷ delivered → changes: makes a destination's plan table and says what is in it. Sends nothing, changes nothing delivered.
/// </summary>
public sealed class Planner(WorkspaceConnection connection)
{
    /// <summary>Plans one destination.</summary>
    public async Task<DestinationPlan> PlanAsync(
        CompiledDestination destination, PlannerOptions options, CancellationToken cancellationToken)
    {
        var id = destination.Context.Id;
        var tables = new DestinationTables(connection, id);
        await tables.EnsureAsync(cancellationToken);
        var delivered = await connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {Layout.Delivered(id)}"), cancellationToken);
        var refused = await connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {Layout.Refused(id)}"), cancellationToken);
        var facts = new PlanFacts(
            await tables.KnownColumnsAsync(destination, cancellationToken),
            IsFirst: delivered == 0,
            options.Full,
            MayRemove: destination.Context.Mode == SyncModes.Sync && !options.OnlyWanted,
            HasUnclear: await connection.ScalarAsync<long>(
                Sql.Of($"SELECT count(*) FROM {Layout.Delivered(id)} WHERE unclear IS NOT NULL"), cancellationToken) > 0);
        var statements = new PlanStatements(destination, facts);
        // Who looks into the plan meanwhile sees the one before, or all of this one.
        await connection.InTransactionAsync(
            async token =>
            {
                await connection.ExecuteAsync(statements.Create(), token);
                if (refused > 0 && !options.Full)
                    await connection.ExecuteAsync(statements.Park(), token);
            },
            cancellationToken);

        var counts = await PlanCounts.ReadAsync(connection, destination, cancellationToken);
        var wanted = await WantedAsync(destination, cancellationToken);
        var plan = new DestinationPlan
        {
            Destination = id,
            Creates = counts.Of("create"),
            Updates = counts.Of("update") + counts.Of("rename"),
            Renames = counts.Of("rename"),
            Removals = counts.Of("remove") + counts.Of("clear") + counts.Of("forget"),
            RemovalMeans = destination.Removal?.Label ?? "",
            Unchanged = Math.Max(0, wanted - counts.Of("create") - counts.Of("update") - counts.Of("rename") - counts.NotSent),
            Skips = counts.Skips,
            Fields = counts.Fields,
            Samples = await PlanSamples.ReadAsync(connection, destination, facts, cancellationToken),
            DataPoints = destination.Context.Kind.CountsDataPoints ? counts.DataPoints : null,
        };
        return PlanCost.Add(plan, destination, counts, options) with
        {
            Guards = Guards.Judge(plan, destination, delivered, wanted, options),
        };
    }

    private Task<long> WantedAsync(CompiledDestination destination, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM (\n{destination.Desired}\n) AS desired"), cancellationToken);
}
