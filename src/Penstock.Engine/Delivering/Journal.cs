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
            var now = time.GetUtcNow().UtcDateTime;
            using var appender = connection.Append(Layout.Journal(destination).Name);
            foreach (var entry in _pending)
            {
                var row = appender.CreateRow()
                    .AppendValue(entry.Number).AppendValue(entry.Operation.ToString()).AppendValue(entry.Target)
                    .AppendValue(entry.Outcome.Kind.ToString());
                var reason = entry.Outcome.Reason;
                row.AppendValue(reason?.Code).AppendValue(reason?.Message).AppendValue(reason?.Help)
                    .AppendValue(entry.Outcome.RemoteId).AppendValue(now).EndRow();
            }

            _pending.Clear();
        }

        _flushedAt = time.GetTimestamp();
        return ValueTask.CompletedTask;
    }

    private readonly record struct Entry(long Number, Operation Operation, string? Target, Outcome Outcome);
}
