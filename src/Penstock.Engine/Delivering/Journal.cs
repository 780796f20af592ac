using System.Text;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Delivering;

/// <summary>
/// Notes what became of each record in the destination's journal: appended a thousand times a second without looking anything up, and
/// folded into delivered once, at the end or by the next run. What a killed process had not yet noted is sent again.
/// </summary>
/// <param name="connection">A connection of its own.</param>
/// <param name="destination">The destination's id.</param>
/// <param name="time">The clock.</param>
public sealed class Journal(WorkspaceConnection connection, string destination, TimeProvider time) : IAcknowledger
{
    private const int PendingRows = 50_000;
    private static readonly TimeSpan Pending = TimeSpan.FromSeconds(1);
    private static readonly byte[][] Operations = [.. Enum.GetNames<Operation>().Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] Kinds = [.. Enum.GetNames<OutcomeKind>().Select(Encoding.UTF8.GetBytes)];
    private readonly List<Entry> _pending = [];
    private long _flushedAt = time.GetTimestamp();

    /// <inheritdoc/>
    public async ValueTask AcknowledgeAsync(Batch batch, Outcomes outcomes, GroupTarget? target, CancellationToken cancellationToken)
    {
        var column = target is null ? null : PlanColumn.OfGroup(target, 0).Name.Name;
        for (var i = 0; i < batch.Count; i++)
            _pending.Add(new(batch[i].Number, batch.Operation, column, outcomes[i]));
        if (_pending.Count >= PendingRows || time.GetElapsedTime(_flushedAt) >= Pending)
            await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pending.Count > 0)
        {
            Append(time.GetUtcNow().UtcDateTime);
            _pending.Clear();
        }

        _flushedAt = time.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    private void Append(DateTime now)
    {
        var at = (now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        using var appender = connection.AppendChunks(Layout.Journal(destination));
        for (var from = 0; from < _pending.Count; from += ChunkAppender.Capacity)
        {
            var rows = Math.Min(ChunkAppender.Capacity, _pending.Count - from);
            for (var row = 0; row < rows; row++)
                Write(appender.Columns, row, _pending[from + row], at);
            appender.Append(rows);
        }

        appender.Complete();
    }

    // In the order of the table's columns: see DestinationTables.
    private static void Write(IReadOnlyList<ChunkColumn> columns, int row, Entry entry, long at)
    {
        var (kind, reason) = (entry.Outcome.Kind, entry.Outcome.Reason);
        columns[0].Set(row, entry.Number);
        columns[1].SetText(row, Operations[(int)entry.Operation]);
        Text(columns[2], row, entry.Target);
        columns[3].SetText(row, Kinds[(int)kind]);
        Text(columns[4], row, reason?.Code);
        Text(columns[5], row, reason?.Message);
        Text(columns[6], row, reason?.Help);
        Text(columns[7], row, entry.Outcome.RemoteId);
        columns[8].Set(row, at);
    }

    // A vendor's words may hold anything; DuckDB's text holds no NUL, and half a surrogate becomes the replacement character.
    private static void Text(ChunkColumn column, int row, string? text)
    {
        if (text is null)
            column.SetNull(row);
        else
            column.SetText(row, Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));
    }

    private readonly record struct Entry(long Number, Operation Operation, string? Target, Outcome Outcome);
}
