using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// A look into a model's workspace: one state of it, however many statements are asked and whatever a run does meanwhile. Writes nothing
/// but temporary tables of its own.
/// </summary>
internal sealed record Reader(WorkspaceConnection Connection, LoadedRecords Loaded, RunnerSetup Setup)
{
    /// <summary>Whether there is a workspace; without one nothing can be asked.</summary>
    public bool IsThere => Loaded.Any;

    /// <summary>Opens the workspace, asks, and gives it back.</summary>
    /// <exception cref="PenstockException">
    /// It is held by another process or can't be opened, or the records can't be asked this.
    /// </exception>
    public static async Task<T> ReadAsync<T>(
        RunnerSetup setup, Model model, Func<Reader, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var folder = setup.Live is { } live && !Drafts.Has(setup, model.Id) ? live : setup.Workspace;
        if (!File.Exists(Path.Combine(folder, model.Id + ".duckdb")))
            return await ask(new(null!, LoadedRecords.None, setup), cancellationToken); // nobody asks what is not there
        try
        {
            await using var lease = await WorkspaceLease.OpenAsync(
                setup.Shared, new(folder, model.Id, setup.Command, setup.WorkspaceOptions), setup.Time, cancellationToken);
            await using var connection = lease.Workspace.Connect();
            T? answer = default;
            await connection.InTransactionAsync(
                async token =>
                {
                    var loaded = await LoadedRecords.ReadAsync(connection, model, token);
                    answer = await ask(new(connection, loaded, setup), token);
                },
                cancellationToken);
            return answer!; // set by the transaction, or it threw
        }
        catch (DuckDBException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Looking was cancelled.", error, cancellationToken);
        }
        catch (DuckDBException error)
        {
            throw new PenstockException(
                InspectingProblems.Unanswered.Of(
                    $"The records can't be asked this: {error.Message.Split('\n')[0].Trim()}", InspectingProblems.Unanswered.ToDo),
                error);
        }
    }

    /// <summary>One row of numbers.</summary>
    public async Task<IReadOnlyList<long>> NumbersAsync(Sql query, CancellationToken cancellationToken)
    {
        await foreach (var row in Connection.QueryAsync(query, cancellationToken))
            return [.. Enumerable.Range(0, row.FieldCount).Select(ordinal => row.IsDBNull(ordinal) ? 0 : row.GetInt64(ordinal))];
        return [];
    }

    /// <summary>Whether the workspace has a table.</summary>
    public async Task<bool> HasAsync(Identifier table, CancellationToken cancellationToken) =>
        Connection is not null && (await new DestinationTables(Connection, "").ColumnsAsync(table, cancellationToken)).Count > 0;
}
