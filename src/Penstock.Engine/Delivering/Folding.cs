using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Delivering;

/// <summary>What folding found in the journal, act by act.</summary>
/// <param name="Act">create, update, rename, remove, clear, forget, quiet, skip, refuse.</param>
/// <param name="Outcome">What became of the record as a whole; <see cref="OutcomeKind.None"/> when it was not reached.</param>
/// <param name="Count">How many records.</param>
public sealed record FoldedCount(string Act, OutcomeKind Outcome, long Count);

/// <summary>Records of a plan that were not delivered for the same reason.</summary>
/// <param name="Outcome">Refused, failed or skipped.</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Message">The reason.</param>
/// <param name="Help">What to do; null where the message says it all.</param>
/// <param name="Count">How many records.</param>
/// <param name="Keys">At most ten of their keys.</param>
public sealed record FoldedReason(OutcomeKind Outcome, string Code, string Message, string? Help, long Count, IReadOnlyList<string> Keys);

/// <summary>What folding found.</summary>
/// <param name="Counts">How many records, by act and outcome.</param>
/// <param name="Reasons">Why records were not delivered, the most frequent reason first; at most fifty.</param>
public sealed record Folded(IReadOnlyList<FoldedCount> Counts, IReadOnlyList<FoldedReason> Reasons)
{
    /// <summary>How many records with one of <paramref name="acts"/> came to <paramref name="outcome"/>.</summary>
    public long Of(OutcomeKind outcome, params IReadOnlyList<string> acts) =>
        Counts.Where(count => count.Outcome == outcome && acts.Contains(count.Act)).Sum(count => count.Count);
}

/// <summary>
/// Turns a plan and its journal into delivered, refused and history, in one transaction. Reads only the workspace, so what an
/// interrupted run sent is folded by the next one whatever the configuration says by then.
/// </summary>
public sealed class Folding(WorkspaceConnection connection, string destination)
{
    private readonly Identifier _plan = Layout.Plan(destination);
    private readonly Identifier _journal = Layout.Journal(destination);
    private readonly Identifier _delivered = Layout.Delivered(destination);
    private readonly Identifier _refused = Layout.Refused(destination);

    /// <summary>Whether the plan is about some records only, and says nothing about the others.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Marks a plan as being sent; what needs no answer is noted at once.</summary>
    public Task BeginAsync(string run, DateTime at, bool isFull, CancellationToken cancellationToken) => connection.InTransactionAsync(
        async token =>
        {
            await connection.ExecuteAsync(Sql.Of($"DELETE FROM {_journal}"), token);
            await connection.ExecuteAsync(Sql.Of($"DELETE FROM sending WHERE destination = {Value.Of(destination)}"), token);
            await connection.ExecuteAsync(
                Sql.Of(
                    $"""
                    INSERT INTO sending (destination, run, started_at, is_full, is_partial)
                    VALUES ({Value.Of(destination)}, {Value.Of(run)}, {Value.Of(at)}, {Value.Of(isFull)}, {Value.Of(IsPartial)})
                    """),
                token);
            await connection.ExecuteAsync(
                Sql.Of(
                    $"""
                    INSERT INTO {_journal}
                    SELECT rowid, 'Note', NULL, CASE act WHEN 'refuse' THEN 'Refused' ELSE 'Delivered' END, code, reason, NULL, NULL,
                           {Value.Of(at)}
                    FROM {_plan}
                    WHERE act IN ('quiet', 'forget', 'refuse')
                    """),
                token);
        },
        cancellationToken);

    /// <summary>Folds what the journal holds; nothing when no plan was being sent.</summary>
    /// <param name="at">The moment to note.</param>
    /// <param name="historyFrom">History before this is forgotten.</param>
    /// <param name="isInterrupted">Whether requests may have been in flight when the process or the run was killed.</param>
    /// <param name="cancellationToken">Cancels; nothing is folded then.</param>
    /// <returns>What became of the plan's records; empty when there was nothing to fold.</returns>
    public async Task<Folded> FoldAsync(
        DateTime at, DateTime historyFrom, bool isInterrupted, CancellationToken cancellationToken)
    {
        var tables = new DestinationTables(connection, destination);
        await tables.EnsureAsync(cancellationToken);
        if (await SendingAsync(cancellationToken) is not var (run, isFull, isPartial))
            return new([], []);
        var columns = await tables.PlanColumnsAsync(_plan, cancellationToken);
        var acts = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in connection.QueryAsync(Sql.Of($"SELECT DISTINCT act FROM {_plan}"), cancellationToken))
            acts.Add(row.GetString(0));
        var folded = new Folded([], []);
        await connection.InTransactionAsync(
            async token =>
            {
                foreach (var statement in Statements(columns, acts, run, at, historyFrom, isInterrupted, isFull, isPartial))
                    await connection.ExecuteAsync(statement, token);
                folded = new(await CountsAsync(token), await ReasonsAsync(token));
                await connection.ExecuteAsync(Sql.Of($"DROP TABLE folded"), token);
                await connection.ExecuteAsync(Sql.Of($"DROP TABLE unclear"), token);
                await connection.ExecuteAsync(Sql.Of($"DELETE FROM {_journal}"), token);
                await connection.ExecuteAsync(Sql.Of($"DELETE FROM sending WHERE destination = {Value.Of(destination)}"), token);
            },
            cancellationToken);
        return folded;
    }

    private async Task<(string Run, bool IsFull, bool IsPartial)?> SendingAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of(
            $"""
            SELECT run, coalesce(is_full, false), coalesce(is_partial, false)
            FROM sending
            WHERE destination = {Value.Of(destination)}
            """);
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
            return (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2));
        return null;
    }

    private async Task<IReadOnlyList<FoldedCount>> CountsAsync(CancellationToken cancellationToken)
    {
        var counts = new List<FoldedCount>();
        var query = Sql.Of(
            $"SELECT act, coalesce(outcome, 'None'), count(*) FROM folded RIGHT JOIN {_plan} AS p ON p.rowid = number GROUP BY ALL");
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
            counts.Add(new(row.GetString(0), Enum.Parse<OutcomeKind>(row.GetString(1)), row.GetInt64(2)));
        return counts;
    }

    private async Task<IReadOnlyList<FoldedReason>> ReasonsAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<FoldedReason>();
        var query = Sql.Of(
            $"""
            SELECT f.outcome, coalesce(f.code, 'outcome.unknown'), coalesce(f.message, ''), f.help, count(*), min(p.key, 10)
            FROM folded AS f JOIN {_plan} AS p ON p.rowid = f.number
            WHERE f.outcome <> 'Delivered'
            GROUP BY f.outcome, f.code, f.message, f.help
            ORDER BY count(*) DESC
            LIMIT 50
            """);
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
        {
            reasons.Add(new(
                Enum.Parse<OutcomeKind>(row.GetString(0)),
                row.GetString(1),
                row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3),
                row.GetInt64(4),
                row.IsDBNull(5) ? [] : row.GetFieldValue<List<string>>(5)));
        }

        return reasons;
    }

    private IEnumerable<Sql> Statements(
        IReadOnlyList<PlanColumn> columns,
        HashSet<string> acts,
        string run,
        DateTime at,
        DateTime historyFrom,
        bool isInterrupted,
        bool isFull,
        bool isPartial)
    {
        yield return Outcomes(isOneEach: !acts.Contains("rename") && columns.All(column => column.Kind != PlanColumnKind.Member));
        if (acts.Contains("rename"))
            yield return Renamed();
        yield return Unclear(isInterrupted, isFull);
        // An unclear create has a row already: it is brought up to date, the others are added.
        yield return Updated(columns, at);
        yield return Created(columns, at);
        foreach (var member in columns.Where(column => column.Kind == PlanColumnKind.Member))
            yield return Moved(member);
        if (acts.Overlaps(["remove", "clear", "forget"]))
            yield return Removed();
        if (acts.Contains("create"))
            yield return History(run, at, "p.act = 'create'", CreateAsJson(columns));
        if (acts.Overlaps(["update", "rename", "remove", "clear"]))
            yield return History(run, at, "p.act IN ('update', 'rename', 'remove', 'clear')", ChangesAsJson(columns));
        yield return Sql.Of($"DELETE FROM {Layout.History(destination)} WHERE noted_at < {Value.Of(historyFrom)}");
        yield return UnclearUpdates(columns);
        yield return UnclearCreates(columns, at);
        yield return Refusals(columns, at);
        // A plan of some records says nothing about the others.
        var isOver = isPartial
            ? Sql.Of($"false")
            : Sql.Of(
                $"key NOT IN (SELECT key FROM {_plan} WHERE key IS NOT NULL AND (act <> 'skip' OR code = 'row.refused_before'))");
        yield return Sql.Of(
            $"""
            DELETE FROM {_refused}
            WHERE {isOver}
               OR key IN (SELECT p.key FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
                          WHERE p.key IS NOT NULL AND (f.outcome IN ('Delivered', 'Skipped') OR last_at < {Value.Of(at)}))
            """);
    }

    // One outcome a record: the worst of its operations, with the reason of that one.
    private Sql Outcomes(bool isOneEach) => isOneEach ? OneOutcomeEach() : Sql.Of(
        $"""
        CREATE OR REPLACE TEMPORARY TABLE folded AS
        SELECT number,
               CASE max(weight) WHEN 3 THEN 'Refused' WHEN 2 THEN 'Failed' WHEN 1 THEN 'Skipped' ELSE 'Delivered' END AS outcome,
               arg_max(code, weight) AS code, arg_max(message, weight) AS message, arg_max(help, weight) AS help,
               max(remote_id) AS remote_id,
               bool_or(operation = 'Write' AND outcome = 'Delivered') AS written,
               bool_or(operation = 'Write') AS answered,
               bool_or(operation = 'Rename' AND outcome = 'Delivered') AS renamed
        FROM (SELECT *, CASE outcome WHEN 'Refused' THEN 3 WHEN 'Failed' THEN 2 WHEN 'Skipped' THEN 1 ELSE 0 END AS weight
              FROM {_journal} WHERE operation <> 'Begin')
        GROUP BY number
        """);

    // Without renames and members a record has one operation: nothing needs to be grouped.
    private Sql OneOutcomeEach() => Sql.Of(
        $"""
        CREATE OR REPLACE TEMPORARY TABLE folded AS
        SELECT number, outcome, code, message, help, remote_id,
               operation = 'Write' AND outcome = 'Delivered' AS written, operation = 'Write' AS answered, false AS renamed
        FROM {_journal}
        WHERE operation <> 'Begin'
        """);

    private Sql Removed() => Sql.Of(
        $"""
        DELETE FROM {_delivered}
        WHERE key IN (SELECT p.key FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
                      WHERE p.act IN ('remove', 'clear', 'forget') AND f.outcome = 'Delivered')
        """);

    private Sql History(string run, DateTime at, string acts, Sql changes) => Sql.Of(
        $"""
        INSERT INTO {Layout.History(destination)}
        SELECT p.key, {Value.Of(at)}, {Value.Of(run)}, p.act, {changes}
        FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
        WHERE f.outcome = 'Delivered' AND {Sql.Trusted(acts)}
        """);

    private Sql Renamed() => Sql.Of(
        $"""
        UPDATE {_delivered} AS d
        SET key = p.key, record = p.record
        FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
        WHERE f.renamed AND d.key = p.previous_key
        """);

    private Sql Created(IReadOnlyList<PlanColumn> columns, DateTime at)
    {
        // A create sends all that has a value, so the row is what was delivered; members are noted by their own calls.
        var values = columns.Where(column => column.Kind != PlanColumnKind.Member).Select(column => Sql.Of($", p.{column.Name}"));
        return Sql.Of(
            $"""
            INSERT INTO {_delivered} BY NAME
            SELECT p.key, p.record, p.identity, f.remote_id, {Value.Of(at)} AS delivered_at{Sql.Join("", values)}
            FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
            WHERE f.written AND NOT p.known AND p.act IN ('create', 'update')
              AND p.key NOT IN (SELECT key FROM {_delivered} WHERE key IS NOT NULL)
            """);
    }

    private Sql Updated(IReadOnlyList<PlanColumn> columns, DateTime at)
    {
        var plan = new Identifier("p");
        var kept = columns.Where(column => column.Kind != PlanColumnKind.Member).ToList();
        var values = kept.Select(column =>
            Sql.Of($", {column.Name} = CASE WHEN {column.IsChanged(plan)} OR {IsQuiet(column)} THEN p.{column.Name} "
                + $"ELSE d.{column.Name} END"));
        return Sql.Of(
            $"""
            UPDATE {_delivered} AS d
            SET delivered_at = {Value.Of(at)}, unclear = NULL, record = p.record, identity = p.identity,
                remote_id = coalesce(f.remote_id, d.remote_id){Sql.Join("", values)}
            FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid
            WHERE d.key = p.key
              AND ((f.written AND p.act IN ('create', 'update', 'rename')) OR p.act = 'quiet')
            """);
    }

    // Of these it is not known whether the far end took them: failed ones, and those in flight when the process died.
    private Sql Unclear(bool isInterrupted, bool isFull)
    {
        var begun = Sql.Of($"SELECT number FROM {_journal} WHERE operation = 'Begin' AND target");
        var page = Sql.Of($"p.rowid // {PlannedChanges.PageRows} * {PlannedChanges.PageRows}");
        var lost = isInterrupted
            ? Sql.Of(
                $"""

                   OR (p.act IN ('create', 'update', 'rename', 'clear') AND NOT coalesce(f.answered, false)
                       AND {page} IN ({begun} = 'Write'))
                   OR (p.act = 'remove' AND f.number IS NULL AND {page} IN ({begun} = 'Remove'))
                   OR (p.act IN ('create', 'update', 'rename', 'clear') AND {page} IN ({begun} IN ('Enter', 'Leave'))
                       AND NOT EXISTS (SELECT 1 FROM {_journal} AS j WHERE j.number = p.rowid AND j.operation IN ('Enter', 'Leave')))
                """)
            : Sql.Empty;
        // A full run that did not get to a record leaves it as doubtful as it was when somebody asked for the full run.
        var left = isFull ? Sql.Of($"\n   OR (p.act IN ('update', 'rename') AND p.known AND f.number IS NULL)") : Sql.Empty;
        return Sql.Of(
            $"""
            CREATE OR REPLACE TEMPORARY TABLE unclear AS
            SELECT p.* EXCLUDE (known), p.known AND NOT coalesce(f.written, false) AS known, coalesce(f.written, false) AS written,
                   coalesce(f.renamed, false) OR p.act <> 'rename' AS has_key
            FROM {_plan} AS p LEFT JOIN folded AS f ON f.number = p.rowid
            WHERE f.outcome = 'Failed'{lost}{left}
            """);
    }

    private Sql UnclearUpdates(IReadOnlyList<PlanColumn> columns)
    {
        var plan = new Identifier("p");
        var values = columns.Select(column => column.Kind == PlanColumnKind.Field
            ? Sql.Of(
                $", {column.Name} = CASE WHEN {column.IsChanged(plan)} THEN coalesce(p.{column.Name}, d.{column.Name}) "
                    + $"ELSE d.{column.Name} END")
            : Sql.Of(
                $", {column.Name} = coalesce(d.{column.Name}, false) OR ({column.IsChanged(plan)} AND coalesce(p.{column.Name}, false))"));
        return Sql.Of(
            $"""
            UPDATE {_delivered} AS d
            SET unclear = coalesce(d.unclear, 'update'){Sql.Join("", values)}
            FROM unclear AS p
            WHERE d.key = CASE WHEN p.has_key THEN p.key ELSE p.previous_key END
            """);
    }

    private Sql UnclearCreates(IReadOnlyList<PlanColumn> columns, DateTime at)
    {
        var values =
            columns.Select(column => Sql.Of($", CASE WHEN {column.IsChanged(new("p"))} THEN p.{column.Name} END AS {column.Name}"));
        return Sql.Of(
            $"""
            INSERT INTO {_delivered} BY NAME
            SELECT p.key, p.record, p.identity, p.remote_id, {Value.Of(at)} AS delivered_at, 'create' AS unclear{Sql.Join("", values)}
            FROM unclear AS p
            WHERE p.act IN ('create', 'update') AND NOT p.known AND p.key NOT IN (SELECT key FROM {_delivered} WHERE key IS NOT NULL)
            """);
    }

    private Sql Moved(PlanColumn member) => Sql.Of(
        $"""
        UPDATE {_delivered} AS d
        SET {member.Name} = coalesce(p.{member.Name}, false)
        FROM {_plan} AS p JOIN {_journal} AS j ON j.number = p.rowid
        WHERE d.key = p.key AND j.operation IN ('Enter', 'Leave') AND j.outcome = 'Delivered' AND j.target = {Value.Of(member.Name.Name)}
        """);

    private Sql Refusals(IReadOnlyList<PlanColumn> columns, DateTime at) => Sql.Of(
        $"""
        INSERT INTO {_refused}
        SELECT p.key, CASE f.outcome WHEN 'Refused' THEN 'refused' ELSE 'failed' END, f.code, f.message, f.help,
               {PlanStatements.Fingerprint(columns)}, coalesce(r.first_at, {Value.Of(at)}), {Value.Of(at)}, coalesce(r.attempts, 0) + 1
        FROM {_plan} AS p JOIN folded AS f ON f.number = p.rowid LEFT JOIN {_refused} AS r ON r.key = p.key
        WHERE f.outcome IN ('Refused', 'Failed') AND p.key IS NOT NULL
        """);

    private static Sql IsQuiet(PlanColumn column) =>
        Sql.Of($"(p.{PlanStatements.Quiet(column.MaskNumber)} & {column.Bit}) <> 0");

    // A create's values as they are; what is null was not sent. Much faster than putting a million objects together from their parts.
    private static Sql CreateAsJson(IReadOnlyList<PlanColumn> columns)
    {
        if (columns.Count == 0)
            return Sql.Trusted("'{}'");
        var parts = columns.Select(column => column.Kind == PlanColumnKind.Field
            ? Sql.Of($"{Value.Of(column.ForPeople())}, p.{column.Name}")
            : Sql.Of($"{Value.Of(column.ForPeople())}, CASE WHEN p.{column.Name} THEN true END"));
        return Sql.Of($"CAST(json_object({Sql.Join(", ", parts)}) AS VARCHAR)");
    }

    private static Sql ChangesAsJson(IReadOnlyList<PlanColumn> columns)
    {
        if (columns.Count == 0)
            return Sql.Trusted("'{}'");
        var plan = new Identifier("p");
        var parts = columns.Select(column =>
            Sql.Of($"CASE WHEN {column.IsChanged(plan)} THEN {Value.Of(Quoted(column) + ":")} "
                + $"|| coalesce(CAST(to_json(p.{column.Name}) AS VARCHAR), 'null') END"));
        return Sql.Of($"'{{' || concat_ws(',', {Sql.Join(", ", parts)}) || '}}'");
    }

    private static string Quoted(PlanColumn column) => System.Text.Json.JsonSerializer.Serialize(column.ForPeople());
}
