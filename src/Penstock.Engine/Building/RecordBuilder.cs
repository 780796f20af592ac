using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Building;

/// <summary>Makes records and groups of what the sources gave.</summary>
public static class RecordBuilder
{
    /// <summary>
    /// Builds <see cref="Layout.Records"/> anew from the stages, in one transaction, and counts records, members and what was wrong with
    /// rows. When it throws, the records of before are still there.
    /// </summary>
    /// <param name="workspace">The model's workspace, with every stage in it.</param>
    /// <param name="compiled">The model.</param>
    /// <param name="cancellationToken">Stops the statement at hand.</param>
    /// <exception cref="PenstockException">DuckDB could not do it: memory or disk is used up, or a stage is missing.</exception>
    public static async Task<BuildResult> BuildAsync(
        WorkspaceConnection workspace, CompiledModel compiled, CancellationToken cancellationToken)
    {
        BuildResult? result = null;
        try
        {
            await workspace.InTransactionAsync(
                async token =>
                {
                    var inStages = await FoundAsync(workspace, compiled.StageChecks, token);
                    var repeated = inStages.Where(found => found.Check.RepeatsKeys).Select(found => found.Check.Source).ToHashSet();
                    await workspace.ExecuteAsync(compiled.Build(repeated), token);
                    foreach (var statement in BuiltFrom.Write(compiled))
                        await workspace.ExecuteAsync(statement, token);
                    var inRecords = await FoundAsync(workspace, compiled.RecordChecks, token);
                    result = await ReadAsync(workspace, compiled, [.. inStages.Concat(inRecords).Select(found => found.Problem)], token);
                },
                cancellationToken);
        }
        catch (DuckDBException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Building was cancelled.", exception, cancellationToken);
        }
        catch (DuckDBException exception)
        {
            throw new PenstockException(Explain(compiled, exception), exception);
        }

        return result!; // set by the work, or it threw
    }

    private static async Task<BuildResult> ReadAsync(
        WorkspaceConnection workspace, CompiledModel compiled, IReadOnlyList<RowProblem> problems, CancellationToken cancellationToken)
    {
        var counts = await NumbersAsync(workspace, compiled.Summary, cancellationToken);
        var groups = compiled.Model.Groups.Select((group, index) => (group.Id, Count: counts[index + 1]));
        return new BuildResult(
            counts[0],
            groups.ToDictionary(pair => pair.Id, pair => pair.Count, StringComparer.Ordinal),
            problems);
    }

    // All counts in one statement; samples only of what is there.
    private static async Task<IReadOnlyList<(RowCheck Check, RowProblem Problem)>> FoundAsync(
        WorkspaceConnection workspace, IReadOnlyList<RowCheck> checks, CancellationToken cancellationToken)
    {
        if (checks.Count == 0)
            return [];
        var all = Sql.Join(",\n       ", checks.Select(check => Sql.Of($"({check.Count})")));
        var counts = await NumbersAsync(workspace, Sql.Of($"SELECT {all}"), cancellationToken);
        var problems = new List<(RowCheck, RowProblem)>();
        foreach (var (check, count) in checks.Zip(counts).Where(pair => pair.Second > 0))
        {
            var samples = new List<RowSample>();
            await foreach (var row in workspace.QueryAsync(check.Samples, cancellationToken))
                samples.Add(new RowSample(row.IsDBNull(0) ? "" : row.GetString(0), row.GetString(1)));
            problems.Add((check, new RowProblem(check.Source, check.Property, check.Reason, count, samples)));
        }

        return problems;
    }

    private static async Task<IReadOnlyList<long>> NumbersAsync(
        WorkspaceConnection workspace, Sql query, CancellationToken cancellationToken)
    {
        await foreach (var row in workspace.QueryAsync(query, cancellationToken))
            return [.. Enumerable.Range(0, row.FieldCount).Select(row.GetInt64)];
        return [];
    }

    private static Problem Explain(CompiledModel compiled, DuckDBException exception)
    {
        var said = exception.Message.Split('\n')[0].Trim();
        return said.StartsWith("Out of Memory", StringComparison.OrdinalIgnoreCase)
            ? new Problem("build.out_of_memory", $"Building the records of {compiled.Model.Id} needs more memory than there is: {said}",
                "Give it more memory, or look for an expression that makes very large values.")
            : new Problem("build.failed", $"The records of {compiled.Model.Id} could not be built: {said}",
                "The records of the last run are kept. Run again with --full to read the sources anew.");
    }
}
