using System.Data.Common;
using System.Runtime.CompilerServices;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>The records that a destination refused or could not take.</summary>
internal static class Failures
{
    /// <summary>Streams them by reason and key, or the one of <paramref name="key"/>.</summary>
    public static async IAsyncEnumerable<Failure> ReadAsync(
        WorkspaceConnection connection, string destination, string? key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var condition = key is null ? Sql.Empty : Sql.Of($"\nWHERE key = {Value.Of(key)}");
        var query = Sql.Of(
            $"""
            SELECT key, kind, coalesce(code, ''), coalesce(message, ''), help, first_at, last_at, attempts
            FROM {Layout.Refused(destination)}{condition}
            ORDER BY kind DESC, code, message, key
            """);
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
            yield return Read(row);
    }

    /// <summary>Forgets the refused ones, so that they are planned again.</summary>
    public static Task<long> ForgetAsync(WorkspaceConnection connection, string destination, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(Sql.Of($"DELETE FROM {Layout.Refused(destination)} WHERE kind = 'refused'"), cancellationToken);

    private static Failure Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1) == "refused" ? OutcomeKind.Refused : OutcomeKind.Failed,
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        Utc(row.GetDateTime(5)),
        Utc(row.GetDateTime(6)),
        row.GetInt64(7));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
