using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

public sealed partial class Inspector
{
    private const int SampleKeys = 10;

    /// <summary>The types of the properties that are loaded: the declared ones, or those of the columns that were read.</summary>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<IReadOnlyDictionary<string, DataType>> TypesAsync(Model model, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyDictionary<string, DataType>>(
            Setup,
            model,
            (reader, _) => Task.FromResult<IReadOnlyDictionary<string, DataType>>(reader.Loaded.Types(model)),
            cancellationToken);

    /// <summary>How many records each destination of a model has acknowledged, and how many it would not take.</summary>
    /// <param name="model">The model.</param>
    /// <param name="destinations">The ids of destinations; of one that never ran, all is 0.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<IReadOnlyList<DeliveredCount>> DeliveredAsync(
        Model model, IReadOnlyList<string> destinations, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyList<DeliveredCount>>(
            Setup,
            model,
            async (reader, token) =>
            {
                var counts = new List<DeliveredCount>();
                foreach (var destination in destinations)
                    counts.Add(await CountAsync(reader, destination, token));
                return counts;
            },
            cancellationToken);

    /// <summary>The records that a destination refused or could not take, grouped by reason, most frequent first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="destination">The destination's id.</param>
    /// <param name="limit">The most reasons, 1 to 200.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<IReadOnlyList<FailureGroup>> FailureGroupsAsync(
        Model model, string destination, int limit, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyList<FailureGroup>>(
            Setup,
            model,
            async (reader, token) =>
            {
                var groups = new List<FailureGroup>();
                if (!await reader.HasAsync(Layout.Refused(destination), token))
                    return groups;
                var query = Sql.Of(
                    $"""
                    SELECT kind, coalesce(code, ''), coalesce(message, ''), any_value(help), count(*),
                           strftime(min(first_at), '%Y-%m-%dT%H:%M:%SZ'), strftime(max(last_at), '%Y-%m-%dT%H:%M:%SZ'),
                           min(key, {SampleKeys})
                    FROM {Layout.Refused(destination)}
                    GROUP BY ALL
                    ORDER BY count(*) DESC, kind, code, message
                    LIMIT {(long)Math.Clamp(limit, 1, 200)}
                    """);
                await foreach (var row in reader.Connection.QueryAsync(query, token))
                {
                    groups.Add(new(
                        row.GetString(0) == "refused" ? OutcomeKind.Refused : OutcomeKind.Failed,
                        row.GetString(1),
                        row.GetString(2),
                        row.IsDBNull(3) ? RowReasons.ToDo(row.GetString(1)) : row.GetString(3),
                        row.GetInt64(4),
                        At(row.GetString(5)),
                        At(row.GetString(6)),
                        row.GetFieldValue<List<string>>(7)));
                }

                return groups;
            },
            cancellationToken);

    private static async Task<DeliveredCount> CountAsync(Reader reader, string destination, CancellationToken cancellationToken)
    {
        var (delivered, refused) = (Layout.Delivered(destination), Layout.Refused(destination));
        if (!await reader.HasAsync(delivered, cancellationToken) || !await reader.HasAsync(refused, cancellationToken))
            return new(destination, 0, 0, 0, null);
        var query = Sql.Of(
            $"""
            SELECT (SELECT count(*) FROM {delivered}),
                   (SELECT count(*) FROM {refused} WHERE kind = 'refused'),
                   (SELECT count(*) FROM {refused} WHERE kind <> 'refused'),
                   (SELECT strftime(max(delivered_at), '%Y-%m-%dT%H:%M:%SZ') FROM {delivered})
            """);
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
            return new(destination, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : At(row.GetString(3)));
        return new(destination, 0, 0, 0, null);
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
