using Penstock.Contract;
using Penstock.Engine.Compilation;

namespace Penstock.Engine.Workspace;

/// <summary>The tables that a workspace keeps for one destination, and what is in them.</summary>
public sealed class DestinationTables(WorkspaceConnection connection, string destination)
{
    /// <summary>Whether the tables are the connection's own, for looking at a record.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Makes the tables that are not there yet; leaves those that are.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            Sql.Of(
                $"""
                {Create} {Layout.Delivered(destination)} (
                  key VARCHAR, record VARCHAR, identity VARCHAR, remote_id VARCHAR, delivered_at TIMESTAMP, unclear VARCHAR)
                """),
            cancellationToken);
        await connection.ExecuteAsync(
            Sql.Of(
                $"""
                {Create} {Layout.Refused(destination)} (
                  key VARCHAR, kind VARCHAR, code VARCHAR, message VARCHAR, help VARCHAR, fingerprint UBIGINT,
                  first_at TIMESTAMP, last_at TIMESTAMP, attempts BIGINT)
                """),
            cancellationToken);
        await connection.ExecuteAsync(
            Sql.Of(
                $"""
                {Create} {Layout.History(destination)} (
                  key VARCHAR, noted_at TIMESTAMP, run VARCHAR, act VARCHAR, changes VARCHAR)
                """),
            cancellationToken);
        await connection.ExecuteAsync(
            Sql.Of(
                $"""
                {Create} {Layout.Journal(destination)} (
                  number BIGINT, operation VARCHAR, target VARCHAR, outcome VARCHAR, code VARCHAR, message VARCHAR, help VARCHAR,
                  remote_id VARCHAR, noted_at TIMESTAMP)
                """),
            cancellationToken);
        await connection.ExecuteAsync(
            Sql.Of($"{Create} sending (destination VARCHAR, run VARCHAR, started_at TIMESTAMP, is_full BOOLEAN)"),
            cancellationToken);
        await connection.ExecuteAsync(Sql.Of($"ALTER TABLE sending ADD COLUMN IF NOT EXISTS is_partial BOOLEAN"), cancellationToken);
    }

    /// <summary>The columns of a table by name, with their types as DuckDB writes them; empty when there is no such table.</summary>
    public async Task<IReadOnlyList<(string Name, string Type)>> ColumnsAsync(Identifier table, CancellationToken cancellationToken)
    {
        var columns = new List<(string, string)>();
        var query = Sql.Of(
            $"""
            SELECT column_name, data_type
            FROM duckdb_columns()
            WHERE table_name = {Value.Of(table.Name)}
            QUALIFY rank() OVER (ORDER BY database_name <> 'temp') = 1
            ORDER BY column_index
            """); // a temporary table stands before one of the file, as in every statement
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
            columns.Add((row.GetString(0), row.GetString(1)));
        return columns;
    }

    /// <summary>The plan columns of a plan or delivered table, in its order.</summary>
    public async Task<IReadOnlyList<PlanColumn>> PlanColumnsAsync(Identifier table, CancellationToken cancellationToken)
    {
        var columns = new List<PlanColumn>();
        foreach (var (name, _) in await ColumnsAsync(table, cancellationToken))
        {
            if (PlanColumn.Read(name, columns.Count) is { } column)
                columns.Add(column);
        }

        return columns;
    }

    /// <summary>Which of the plan's columns delivered has, held the same way.</summary>
    public async Task<IReadOnlySet<Identifier>> KnownColumnsAsync(CompiledDestination compiled, CancellationToken cancellationToken)
    {
        var delivered = (await ColumnsAsync(Layout.Delivered(destination), cancellationToken))
            .ToDictionary(column => column.Name, column => column.Type);
        return compiled.Columns
            .Where(column => delivered.TryGetValue(column.Name.Name, out var type) && type == Written(compiled.Types[column.Place]))
            .Select(column => column.Name)
            .ToHashSet();
    }

    /// <summary>
    /// Gives delivered the plan's columns: what is mapped anew is added empty (so it differs for every record that has a value), what has
    /// another type begins anew. What is mapped no more stays: the far end still has it, and if it is mapped again, what became null
    /// meanwhile must be cleared there.
    /// </summary>
    public async Task FitDeliveredAsync(CompiledDestination compiled, CancellationToken cancellationToken)
    {
        var table = Layout.Delivered(destination);
        var known = await KnownColumnsAsync(compiled, cancellationToken);
        foreach (var column in await PlanColumnsAsync(table, cancellationToken))
        {
            if (!known.Contains(column.Name) && compiled.Columns.Any(mapped => mapped.Name.Equals(column.Name)))
                await connection.ExecuteAsync(Sql.Of($"ALTER TABLE {table} DROP COLUMN {column.Name}"), cancellationToken);
        }

        foreach (var column in compiled.Columns.Where(column => !known.Contains(column.Name)))
        {
            var type = compiled.Types[column.Place];
            await connection.ExecuteAsync(Sql.Of($"ALTER TABLE {table} ADD COLUMN {column.Name} {type}"), cancellationToken);
        }
    }

    private Sql Create => Sql.Trusted(IsTemporary ? "CREATE TEMPORARY TABLE IF NOT EXISTS" : "CREATE TABLE IF NOT EXISTS");

    private static string Written(Sql type) => type.Render(DuckDbDialect.Instance).Text.Replace(" ", "", StringComparison.Ordinal);
}
