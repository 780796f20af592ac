using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Refreshing;

/// <summary>A source with what it needs to be used.</summary>
/// <param name="Source">The connector.</param>
/// <param name="App">The app's options, bound.</param>
/// <param name="Http">How it speaks HTTP, if it does.</param>
public sealed record OpenSource(ISource Source, object App, IHttp Http);

/// <summary>How far reading a source is.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Rows">Rows staged so far.</param>
public sealed record RefreshProgress(string Source, long Rows);

/// <summary>What reading a source came to.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Rows">Rows staged.</param>
/// <param name="Problems">Values that became null and rows that were left out, counted.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RefreshResult(string Source, long Rows, IReadOnlyList<RowProblem> Problems, double Seconds);

/// <summary>Reads a source's rows into its stage: all of them, or the stage stays as it was.</summary>
public sealed class SourceRefresher(TimeProvider time)
{
    /// <summary>Reads the whole source and puts its rows in the place of those of the last time.</summary>
    /// <param name="connection">The connection, used by nobody else meanwhile; sources can be read side by side on several.</param>
    /// <param name="from">Where from.</param>
    /// <param name="source">What to read and where to; the stage's columns may differ from the last time's.</param>
    /// <param name="rules">How values are read.</param>
    /// <param name="progress">Told the rows so far.</param>
    /// <param name="cancellationToken">Stops the source's statement; the stage stays as it was.</param>
    /// <exception cref="SourceException">The statement failed, or broke half way. The stage stays as it was.</exception>
    /// <exception cref="ConnectionException">The app could not be used.</exception>
    public async Task<RefreshResult> RefreshAsync(
        WorkspaceConnection connection,
        OpenSource from,
        CompiledSource source,
        CoercionRules rules,
        IProgress<RefreshProgress>? progress,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var name = source.Source.Name;
        RefreshResult? result = null;
        await connection.InTransactionAsync(
            async token =>
            {
                // The new table and its rows become visible by the commit alone: half a read never looks like deletions.
                await connection.ExecuteAsync(Create(source), token);
                using var rows = new StageWriter(connection, source, rules, count => progress?.Report(new RefreshProgress(name, count)));
                await from.Source.ReadAsync(from.App, Query(from.Source.Dialect, source), rows, from.Http, token);
                rows.Complete();
                result = new RefreshResult(name, rows.Rows, rows.Problems, time.GetElapsedTime(started).TotalSeconds);
            },
            cancellationToken);
        return result!; // set by the transaction, or it threw
    }

    /// <summary>What a source is asked.</summary>
    public static SourceQuery Query(SqlDialect dialect, CompiledSource source) => new(dialect.Select(source.Selection))
    {
        Selection = source.Selection,
        TimeOut = source.Source.TimeOut,
    };

    private static Sql Create(CompiledSource source)
    {
        var columns = source.Columns.Select(column => Sql.Of($"{new Identifier(column.Name)} {Layout.Type(column.Type)}"));
        return Sql.Of($"CREATE OR REPLACE TABLE {source.Stage} (\n  {Sql.Join(",\n  ", columns)}\n)");
    }
}
