using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Planning;

/// <summary>The numbers of a plan table: one pass for the acts and one for the fields.</summary>
internal sealed class PlanCounts
{
    private readonly Dictionary<string, long> _acts = [];
    private readonly List<PlannedSkip> _skips = [];

    /// <summary>Records that will not be sent, by reason, the most frequent first.</summary>
    public IReadOnlyList<PlannedSkip> Skips => _skips;

    /// <summary>What changes, field by field.</summary>
    public IReadOnlyList<PlannedField> Fields { get; private set; } = [];

    /// <summary>Data points, where fields and groups are billed.</summary>
    public long DataPoints { get; private set; }

    /// <summary>For each group that changes by calls of its own: how many enter and leave.</summary>
    public IReadOnlyList<(long Enters, long Leaves)> Members { get; private set; } = [];

    /// <summary>Records with something that travels in a write: fields, or groups that ride along.</summary>
    public long Writes { get; private set; }

    /// <summary>Records that are skipped or refused by rule.</summary>
    public long NotSent => Of("skip") + Of("refuse");

    /// <summary>How many records have that act.</summary>
    public long Of(string act) => _acts.GetValueOrDefault(act);

    /// <summary>Counts what is in the plan table.</summary>
    public static async Task<PlanCounts> ReadAsync(
        WorkspaceConnection connection, CompiledDestination destination, CancellationToken cancellationToken)
    {
        var counts = new PlanCounts();
        var plan = Layout.Plan(destination.Context.Id);
        var acts =
            Sql.Of($"SELECT act, code, reason, count(*), min(coalesce(key, record), 10) FROM {plan} GROUP BY ALL ORDER BY count(*) DESC");
        await foreach (var row in connection.QueryAsync(acts, cancellationToken))
        {
            var (act, count) = (row.GetString(0), row.GetInt64(3));
            counts._acts[act] = counts.Of(act) + count;
            if (act is "skip" or "refuse")
            {
                counts._skips.Add(new(
                    act == "skip" ? OutcomeKind.Skipped : OutcomeKind.Refused,
                    row.GetString(1),
                    row.GetString(2),
                    count,
                    row.IsDBNull(4) ? [] : row.GetFieldValue<List<string>>(4)));
            }
        }

        await counts.ReadFieldsAsync(connection, destination, plan, cancellationToken);
        return counts;
    }

    private async Task ReadFieldsAsync(
        WorkspaceConnection connection, CompiledDestination destination, Identifier plan, CancellationToken cancellationToken)
    {
        var columns = destination.Columns;
        if (columns.Count == 0)
        {
            Writes = Of("create") + Of("update") + Of("rename") + Of("clear");
            return;
        }

        var name = new Identifier("p");
        var sums = columns.SelectMany(column => new[]
        {
            Sql.Of($"count(*) FILTER (WHERE {column.IsChanged(name)} AND {IsSet(column)})"),
            Sql.Of($"count(*) FILTER (WHERE {column.IsChanged(name)} AND NOT {IsSet(column)})"),
        });
        var points = Sql.Join(" + ", columns.Where(column => IsBilled(destination, column))
            .Select(column => Sql.Of($"CASE WHEN {column.IsChanged(name)} THEN {Points(destination, column)} ELSE 0 END"))
            .DefaultIfEmpty(Sql.Trusted("0")));
        var written = Sql.Join(" OR ", columns.Where(column => column.Kind != PlanColumnKind.Member)
            .Select(column => column.IsChanged(name))
            .Append(Sql.Of($"act = 'create'")));
        var query = Sql.Of(
            $"""
            SELECT CAST(coalesce(sum({points}), 0) AS BIGINT), count(*) FILTER (WHERE {written}),
                   {Sql.Join(",\n       ", sums)}
            FROM {plan} AS p
            WHERE act IN ('create', 'update', 'rename', 'clear')
            """);
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
        {
            DataPoints = row.GetInt64(0);
            Writes = row.GetInt64(1);
            var pairs =
                columns.Select(
                    column => (Column: column, Sets: row.GetInt64(2 + (2 * column.Place)), Clears: row.GetInt64(3 + (2 * column.Place))))
                        .ToList();
            Fields =
                [.. pairs.Where(pair => pair.Sets + pair.Clears > 0)
                    .Select(pair => new PlannedField(pair.Column.ForPeople(), pair.Sets, pair.Clears))];
            Members = [.. pairs.Where(pair => pair.Column.Kind == PlanColumnKind.Member).Select(pair => (pair.Sets, pair.Clears))];
        }
    }

    private static Sql IsSet(PlanColumn column) => column.Kind == PlanColumnKind.Field
        ? Sql.Of($"p.{column.Name} IS NOT NULL")
        : Sql.Of($"coalesce(p.{column.Name}, false)");

    private static bool IsBilled(CompiledDestination destination, PlanColumn column)
    {
        var fields = destination.Context.Fields;
        return column.Place < fields.Count
            ? fields[column.Place].Known?.Billable ?? true
            : destination.Context.Groups[column.Place - fields.Count].Form.Billable;
    }

    // A nested object costs a point for each of its keys; everything else one.
    private static Sql Points(CompiledDestination destination, PlanColumn column)
    {
        var fields = destination.Context.Fields;
        return column.Place < fields.Count && fields[column.Place].Type is { Kind: DataKind.Json, IsArray: false }
            ? Sql.Of($"CASE WHEN json_type(p.{column.Name}) = 'OBJECT' THEN greatest(1, len(json_keys(p.{column.Name}))) ELSE 1 END")
            : Sql.Trusted("1");
    }
}
