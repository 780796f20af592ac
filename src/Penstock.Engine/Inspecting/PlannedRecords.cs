using System.Data.Common;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>Records of a plan table, before → after.</summary>
internal static class PlannedRecords
{
    private const int MostLetters = 2_000;

    /// <summary>
    /// What the connection's plan says of a record, what was delivered of it and what it should be.
    /// </summary>
    public static async Task<RecordAtDestination> OfAsync(
        Reader reader, CompiledDestination compiled, string key, CancellationToken cancellationToken)
    {
        var id = compiled.Context.Id;
        var (plan, known) = (new Identifier("p"), await new DestinationTables(reader.Connection, id)
            .KnownColumnsAsync(compiled, cancellationToken));
        var columns = compiled.Columns.SelectMany(column => new[]
        {
            known.Contains(column.Name) ? compiled.Text(new("d"), column) : Sql.Of($"CAST(NULL AS VARCHAR)"),
            compiled.Text(new("w"), column),
            Sql.Of($"coalesce({column.IsChanged(plan)}, false)"),
        });
        var mine = Value.Of(key);
        var gone = Sql.Of($"SELECT key FROM {Layout.Delivered(id)} WHERE record = CAST({mine} AS VARCHAR)");
        var query = Sql.Of(
            $"""
            WITH desired AS (
            {compiled.Desired}
            )
            SELECT coalesce(w.key, d.key), d.delivered_at, coalesce(p.act, 'nothing'), p.code, p.reason,
                   {Sql.Join(",\n       ", columns.DefaultIfEmpty(Sql.Of($"NULL")))}
            FROM (SELECT CAST({mine} AS VARCHAR) AS record) AS asked
            LEFT JOIN (SELECT * FROM desired) AS w ON w.record = asked.record
            LEFT JOIN (SELECT * FROM {Layout.Plan(id)}
                       WHERE record = CAST({mine} AS VARCHAR) OR (record IS NULL AND key IN ({gone}))) AS p ON true
            LEFT JOIN {Layout.Delivered(id)} AS d ON d.key = coalesce(p.previous_key, p.key, w.key, ({gone} LIMIT 1))
            LIMIT 1
            """);
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
        {
            var act = Shown(row.GetString(2));
            var sends = act is "create" or "update" or "rename";
            return new(id)
            {
                Key = Text(row, 0),
                DeliveredAt = row.IsDBNull(1) ? null : new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc)),
                Act = act,
                Reason = Reason(row, 3),
                Fields = [.. compiled.Columns.Select(column => new ExplainedField(
                    column.ForPeople(),
                    Text(row, 5 + (3 * column.Place)),
                    Text(row, 6 + (3 * column.Place)),
                    sends && row.GetBoolean(7 + (3 * column.Place))))],
            };
        }

        return new(id);
    }

    /// <summary>A page of the plan that the last run or plan left, by act and key.</summary>
    public static async Task<PlanPage> PageAsync(
        Reader reader, Model model, Destination destination, string? act, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var (plan, delivered) = (Layout.Plan(destination.Id), Layout.Delivered(destination.Id));
        var tables = new DestinationTables(reader.Connection, destination.Id);
        var types = (await reader.HasAsync(plan, cancellationToken) ? await tables.ColumnsAsync(plan, cancellationToken) : [])
            .ToDictionary(column => column.Name, column => LoadedRecords.Read(column.Type), StringComparer.Ordinal);
        if (types.Count == 0)
        {
            return new(new Dictionary<string, long>(), [], null)
            {
                Problem = InspectingProblems.NotLoaded.Of($"Nothing was planned for {destination.Id} yet.", "Plan it, then look again."),
            };
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var row in reader.Connection.QueryAsync(Sql.Of($"SELECT act, count(*) FROM {plan} GROUP BY act"), cancellationToken))
            counts[Shown(row.GetString(0))] = counts.GetValueOrDefault(Shown(row.GetString(0))) + row.GetInt64(1);
        counts.Remove("nothing");
        var columns = await tables.PlanColumnsAsync(plan, cancellationToken);
        var had = (await tables.ColumnsAsync(delivered, cancellationToken))
            .ToDictionary(column => column.Name, column => LoadedRecords.Read(column.Type), StringComparer.Ordinal);
        var query = Page(plan, delivered, columns, types, had, act, cursor, limit + 1, Display(reader, model, destination, had));
        var changes = new List<PlannedRecord>();
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
        {
            var fields = columns.Where(column => row.GetBoolean(8 + (3 * column.Place))).Select(column => new PlannedChange(
                column.ForPeople(), Text(row, 6 + (3 * column.Place)), Text(row, 7 + (3 * column.Place))));
            changes.Add(new(Shown(row.GetString(0)), Text(row, 1), Text(row, 2), Text(row, 3), Reason(row, 4), [.. fields]));
        }

        var isMore = changes.Count > limit;
        return new(counts, [.. changes.Take(limit)], isMore ? changes[limit - 1].Key : null);
    }

    private static Sql Page(
        Identifier plan, Identifier delivered, IReadOnlyList<PlanColumn> columns, Dictionary<string, DataType> types,
        Dictionary<string, DataType> had, string? act, string? cursor, int rows, (Sql Shown, Sql Joined) display)
    {
        var shown = columns.SelectMany(column =>
        {
            var was = had.TryGetValue(column.Name.Name, out var type) ? Text(new("d"), column, type) : Sql.Of($"CAST(NULL AS VARCHAR)");
            var isGone = Sql.Of($"p.act IN ('remove', 'clear', 'forget')");
            return new[]
            {
                was,
                Sql.Of($"CASE WHEN NOT {isGone} THEN {Text(new("p"), column, types[column.Name.Name])} END"),
                Sql.Of($"coalesce(CASE WHEN {isGone} THEN {was} IS NOT NULL ELSE {column.IsChanged(new("p"))} END, false)"),
            };
        });
        var acts = act switch
        {
            null => Sql.Of($"p.act <> 'quiet'"),
            "remove" => Sql.Of($"p.act IN ('remove', 'clear', 'forget')"),
            _ => Sql.Of($"p.act = CAST({Value.Of(act)} AS VARCHAR)"),
        };
        var after = cursor is null ? Sql.Of($"TRUE") : Sql.Of($"p.key > CAST({Value.Of(cursor)} AS VARCHAR)");
        return Sql.Of(
            $"""
            SELECT p.act, p.key, {display.Shown}, p.previous_key, p.code, p.reason,
                   {Sql.Join(",\n       ", shown.DefaultIfEmpty(Sql.Of($"NULL")))}
            FROM (SELECT * FROM {plan} AS p WHERE {acts} AND {after} ORDER BY p.key NULLS LAST LIMIT {rows}) AS p
            LEFT JOIN {delivered} AS d ON d.key = coalesce(p.previous_key, p.key)
            {display.Joined}
            ORDER BY p.key NULLS LAST
            """);
    }

    // A removed record is shown as it was delivered: the model has it no more.
    private static (Sql Shown, Sql Joined) Display(
        Reader reader, Model model, Destination destination, Dictionary<string, DataType> had)
    {
        var parts = new List<Sql>();
        var joined = Sql.Empty;
        if (model.Display is { } id && model.Find(id) is { } property && reader.Loaded.Columns.ContainsKey(id))
        {
            parts.Add(FieldConversion.AsText(Sql.Of($"{new Identifier("r", id)}"), reader.Loaded.TypeOf(property)));
            joined = Sql.Of($"LEFT JOIN {Layout.Records} AS r ON {new Identifier("r", Layout.Key.Name)} = p.record");
        }

        if (destination.Mapping.Skip(1).FirstOrDefault(mapping => mapping.Property is not null && mapping.Property == model.Display)
            is { } field && PlanColumn.OfField(field.Field, 0) is var column && had.TryGetValue(column.Name.Name, out var type))
            parts.Add(Text(new("d"), column, type));
        return (parts.Count == 0 ? Sql.Of($"CAST(NULL AS VARCHAR)") : Sql.Of($"coalesce({Sql.Join(", ", parts)})"), joined);
    }

    private static Sql Text(Identifier row, PlanColumn column, DataType type)
    {
        var value = PlanColumn.Of(row, column.Name);
        return column.Kind == PlanColumnKind.Field
            ? Sql.Of($"left({FieldConversion.AsText(value, type)}, {MostLetters})")
            : Sql.Of($"CASE WHEN {value} THEN 'in' END");
    }

    private static Problem? Reason(DbDataReader row, int ordinal) =>
        Text(row, ordinal) is { } code ? new(code, Text(row, ordinal + 1) ?? "", RowReasons.ToDo(code)) : null;

    private static string Shown(string act) => act switch
    {
        "clear" or "forget" => "remove",
        "quiet" => "nothing",
        _ => act,
    };

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);
}
