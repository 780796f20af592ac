using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// A record as it is in one workspace, to be sent from another: a draft's record is sent and noted in the live one. With it come the
/// records that could be taken for it at the far end.
/// </summary>
/// <param name="Key">Its key in the model.</param>
/// <param name="Compiled">The destination, over what is loaded where it was taken.</param>
/// <param name="Columns">The columns of records, as DuckDB writes their types.</param>
/// <param name="Rows">The records' values as text.</param>
internal sealed record TakenRecord(
    string Key, CompiledDestination Compiled, IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    private const int MostAlike = 100;

    /// <summary>Takes it; null when the model does not have it.</summary>
    /// <exception cref="PenstockException">The destination can't be used, or needs what is not loaded.</exception>
    public static async Task<TakenRecord?> TakeAsync(
        Reader reader, Project project, Destination destination, string key, CancellationToken cancellationToken)
    {
        if (!reader.IsThere)
            return null;
        var model = project.Model(destination.ModelId);
        var one = new OneRecord(reader.Connection, project, model, reader.Loaded, reader.Setup);
        if (!await one.NarrowAsync(key, cancellationToken))
            return null;
        var compiled = await one.CompileAsync(destination, key, cancellationToken);
        var columns = await new DestinationTables(reader.Connection, "").ColumnsAsync(Layout.Records, cancellationToken);
        var texts = columns.Select(column => IsList(column.Type)
            ? Sql.Of($"CAST(to_json({new Identifier(column.Name)}) AS VARCHAR)")
            : Sql.Of($"CAST({new Identifier(column.Name)} AS VARCHAR)"));
        var rows = new List<IReadOnlyList<string?>>();
        var query = Sql.Of(
            $"""
            SELECT {Sql.Join(", ", texts)}
            FROM {Layout.Records}
            ORDER BY {Layout.Key} <> CAST({Value.Of(key)} AS VARCHAR)
            LIMIT {MostAlike}
            """);
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
            rows.Add([.. Enumerable.Range(0, row.FieldCount).Select(ordinal => row.IsDBNull(ordinal) ? null : row.GetString(ordinal))]);
        return new(key, compiled, columns, rows);
    }

    /// <summary>Puts it into a connection's own records, which stand before the workspace's.</summary>
    public async Task PutAsync(WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        var columns = Columns.Select(column => Sql.Of($"{new Identifier(column.Name)} {Sql.Trusted(column.Type)}"));
        await connection.ExecuteAsync(
            Sql.Of($"CREATE TEMPORARY TABLE {Layout.Records} ({Sql.Join(", ", columns)})"), cancellationToken);
        foreach (var row in Rows)
        {
            var values = Columns.Zip(row, (column, text) => IsList(column.Type)
                ? Sql.Of($"CAST(CAST({Value.Of(text)} AS JSON) AS {Sql.Trusted(column.Type)})")
                : Sql.Of($"CAST(CAST({Value.Of(text)} AS VARCHAR) AS {Sql.Trusted(column.Type)})"));
            await connection.ExecuteAsync(
                Sql.Of($"INSERT INTO {new Identifier("temp", "records")} VALUES ({Sql.Join(", ", values)})"), cancellationToken);
        }
    }

    private static bool IsList(string type) => type.EndsWith("[]", StringComparison.Ordinal);
}
