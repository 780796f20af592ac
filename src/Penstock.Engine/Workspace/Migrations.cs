using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// The steps from one form of the workspace to the next. A step is never changed once released; a new one goes to the end. Tables that are
/// made anew by every run (stages, records, plans) need none.
/// </summary>
internal static class Migrations
{
    private static readonly Identifier Meta = new("_meta");

    // Step n leads from version n to version n + 1.
    private static readonly IReadOnlyList<Sql> Steps =
    [
        Sql.Of($"CREATE TABLE {Meta} (schema_version BIGINT NOT NULL, written_by VARCHAR NOT NULL)"),
    ];

    /// <summary>The version that this Penstock writes.</summary>
    public static long Current => Steps.Count;

    /// <summary>Brings the workspace to <see cref="Current"/>, all of it or nothing.</summary>
    /// <exception cref="PenstockException"><c>workspace.newer</c>, or <c>workspace.damaged</c> for a DuckDB file of something
    /// else.</exception>
    public static async Task RunAsync(WorkspaceConnection connection, string file, CancellationToken cancellationToken)
    {
        var tables = await connection.ScalarAsync<long>(
            Sql.Of($"SELECT count(*) FILTER (WHERE table_name = {Value.Of(Meta.Name)}) FROM duckdb_tables()"), cancellationToken);
        var version = tables == 0
            ? 0
            : await connection.ScalarAsync<long>(Sql.Of($"SELECT max(schema_version) FROM {Meta}"), cancellationToken);
        if (version > Current)
        {
            var writer = await connection.ScalarAsync<string>(Sql.Of($"SELECT max(written_by) FROM {Meta}"), cancellationToken);
            throw new PenstockException(
                WorkspaceFaults.Newer(file, string.Create(CultureInfo.InvariantCulture, $"{writer} (form {version})")));
        }

        if (version == Current)
            return;
        await connection.InTransactionAsync(
            async token =>
            {
                foreach (var step in Steps.Skip((int)version))
                    await connection.ExecuteAsync(step, token);
                await connection.ExecuteAsync(Sql.Of($"DELETE FROM {Meta}"), token);
                await connection.ExecuteAsync(Sql.Of($"INSERT INTO {Meta} VALUES ({Current}, {Value.Of(Writer)})"), token);
            },
            cancellationToken);
    }

    private static string Writer => $"Penstock {typeof(Migrations).Assembly.GetName().Version?.ToString(3)}";
}
