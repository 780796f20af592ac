using System.Data.Common;
using System.Runtime.CompilerServices;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Delivering;

/// <summary>
/// A plan table as a feed of batches. Reads in pages by row number, so that no transaction stays open while the far end takes its time
/// and memory stays the same whatever the plan's size.
/// </summary>
/// <param name="connection">A connection of its own.</param>
/// <param name="destination">The destination whose plan it is.</param>
/// <param name="journal">
/// Flushed before each operation, since later operations depend on the outcomes of earlier ones; null to look at what would be sent, as if
/// all of it were delivered.
/// </param>
public sealed class PlannedChanges(WorkspaceConnection connection, CompiledDestination destination, Journal? journal) : IChangeFeed
{
    /// <summary>How many rows of a plan are read at once; what was begun is known by page after a crash.</summary>
    internal const long PageRows = 20_000;

    private static readonly Identifier Plan = new("p");
    private readonly Dictionary<Operation, long> _counts = [];

    /// <summary>Counts what there is to send. Called once, before the delivery.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        foreach (var operation in new[] { Operation.Rename, Operation.Write, Operation.Remove })
            _counts[operation] = await connection.ScalarAsync<long>(Counting(operation, null), cancellationToken);
        foreach (var operation in new[] { Operation.Enter, Operation.Leave })
        {
            _counts[operation] = 0;
            foreach (var target in destination.Context.Groups.Where(target => target.Form.SeparateCalls))
                _counts[operation] += await connection.ScalarAsync<long>(Counting(operation, target), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public long Count(Operation operation) => _counts.GetValueOrDefault(operation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Batch> ReadAsync(
        Operation operation, GroupTarget? target, int size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (journal is not null)
            await journal.FlushAsync(cancellationToken);
        var rows =
            await connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {Layout.Plan(destination.Context.Id)}"), cancellationToken);
        var batch = new Batch(destination.Context, operation, size);
        for (long from = 0; from < rows; from += PageRows)
        {
            // Said before anything of the page is sent: if the process dies now, what became of the page's records is unclear.
            if (journal is not null)
            {
                await connection.ExecuteAsync(
                    Sql.Of($"INSERT INTO {Layout.Journal(destination.Context.Id)} (number, operation, target) "
                        + $"VALUES ({from}, 'Begin', {Value.Of(operation.ToString())})"),
                    cancellationToken);
            }

            await foreach (var row in connection.QueryAsync(Page(operation, target, from), cancellationToken))
            {
                Add(batch, row, operation);
                if (batch.Count < size)
                    continue;
                yield return batch;
                batch = new Batch(destination.Context, operation, size);
            }
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private Sql Counting(Operation operation, GroupTarget? target) => Sql.Of(
        $"SELECT count(*) FROM {Layout.Plan(destination.Context.Id)} AS p WHERE {Chosen(operation, target, isWritten: false)}");

    private Sql Page(Operation operation, GroupTarget? target, long from)
    {
        var masks = Enumerable.Range(0, PlanColumn.Masks(destination.Columns.Count))
            .Select(number => Sql.Of($"p.{PlanColumn.MaskOf(number)}"));
        // Rows that were not committed yet have no numbers to page by; a look is at few of them.
        var page = journal is null ? Sql.Of($"TRUE") : Sql.Of($"p.rowid >= {from} AND p.rowid < {from + PageRows}");
        var values = operation == Operation.Write ? destination.Columns.Select(column => Sql.Of($"p.{column.Name}")) : [];
        return Sql.Of(
            $"""
            SELECT p.rowid, p.key, p.known, p.remote_id, p.previous_key, {Sql.Join(", ", masks.Concat(values))}
            FROM {Layout.Plan(destination.Context.Id)} AS p
            WHERE {page}
              AND {Chosen(operation, target, isWritten: journal is not null)}
            """);
    }

    private Sql Chosen(Operation operation, GroupTarget? target, bool isWritten)
    {
        var journaled = Layout.Journal(destination.Context.Id);
        switch (operation)
        {
            case Operation.Rename:
                return Sql.Trusted("p.act = 'rename'");
            case Operation.Remove:
                return Sql.Trusted("p.act = 'remove'");
            case Operation.Write:
                // A record whose rename was not taken has nothing to be written to yet.
                var renamed = isWritten && destination.Renames
                    ? Sql.Of(
                        $" AND (p.act <> 'rename' OR p.rowid IN (SELECT number FROM {journaled} WHERE operation = 'Rename' "
                            + $"AND outcome = 'Delivered'))")
                    : Sql.Empty;
                return Sql.Of($"p.act IN ('create', 'update', 'rename', 'clear') AND ({Written()}){renamed}");
            default:
                var column = destination.Columns[destination.Context.Fields.Count + IndexOf(target!)]; // given for these operations
                var way = operation == Operation.Enter
                    ? Sql.Of($"coalesce(p.{column.Name}, false)")
                    : Sql.Of($"NOT coalesce(p.{column.Name}, false)");
                var written = isWritten
                    ? Sql.Of(
                        $" AND (NOT ({Written()}) OR p.rowid IN (SELECT number FROM {journaled} WHERE operation = 'Write' "
                            + $"AND outcome = 'Delivered'))")
                    : Sql.Empty;
                return Sql.Of($"p.act IN ('create', 'update', 'rename', 'clear') AND {column.IsChanged(Plan)} AND {way}{written}");
        }
    }

    // What has only groups to change by calls of their own needs no write.
    private Sql Written()
    {
        var columns = destination.Columns.Where(column => column.Kind != PlanColumnKind.Member).Select(column => column.IsChanged(Plan));
        return Sql.Join(" OR ", columns.Append(Sql.Trusted("NOT p.known")));
    }

    private int IndexOf(GroupTarget target)
    {
        for (var i = 0; i < destination.Context.Groups.Count; i++)
        {
            if (destination.Context.Groups[i] == target)
                return i;
        }

        throw new ArgumentException($"The destination does not show {target}.", nameof(target));
    }

    private void Add(Batch batch, DbDataReader row, Operation operation)
    {
        batch.Add(row.GetInt64(0), row.GetString(1), !row.GetBoolean(2), Text(row, 3), Text(row, 4));
        if (operation != Operation.Write)
            return;
        var fields = destination.Context.Fields.Count;
        var first = 5 + PlanColumn.Masks(destination.Columns.Count);
        foreach (var column in destination.Columns)
        {
            if ((row.GetInt64(5 + column.MaskNumber) & column.Bit) == 0)
                continue;
            var ordinal = first + column.Place;
            if (column.Kind == PlanColumnKind.Field)
                batch.Set(column.Place,
                    row.IsDBNull(ordinal) ? Value.Null : Read(row, ordinal, destination.Context.Fields[column.Place].Type));
            else if (column.Kind == PlanColumnKind.Group)
                batch.SetGroup(column.Place - fields, !row.IsDBNull(ordinal) && row.GetBoolean(ordinal));
        }
    }

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static Value Read(DbDataReader row, int ordinal, DataType type) => type switch
    {
        { IsArray: true } or { Kind: DataKind.Json } => Value.OfJson(row.GetString(ordinal)),
        { Kind: DataKind.Boolean } => Value.Of(row.GetBoolean(ordinal)),
        { Kind: DataKind.Integer } => Value.Of(row.GetInt64(ordinal)),
        { Kind: DataKind.Decimal } => Value.Of(row.GetDecimal(ordinal)),
        { Kind: DataKind.Float } => Value.Of(row.GetDouble(ordinal)),
        { Kind: DataKind.Date } => Value.Of(row.GetFieldValue<DateOnly>(ordinal)),
        { Kind: DataKind.Timestamp } => Value.Of(row.GetDateTime(ordinal)),
        _ => Value.Of(row.GetString(ordinal)),
    };
}
