using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>What is known of the workspace when a plan is compiled.</summary>
/// <param name="Delivered">The columns that the delivered table has and that are held as the plan holds them now.</param>
/// <param name="IsFirst">Whether nothing was ever delivered: then there is nothing to compare with.</param>
/// <param name="Full">Whether everything is to be sent anew.</param>
/// <param name="MayRemove">Whether records that are not wanted any more are removed.</param>
/// <param name="HasUnclear">Whether of some records it is not known what the far end took: those are sent whole.</param>
public sealed record PlanFacts(IReadOnlySet<Identifier> Delivered, bool IsFirst, bool Full, bool MayRemove, bool HasUnclear);

/// <summary>
/// The diff, as SQL: <c>desired</c> ⟷ <c>delivered</c> → one row in the plan table for each record that has something to do. A plan's row
/// holds all that the record should be, and in its masks what of it changed.
/// </summary>
public sealed class PlanStatements
{
    private static readonly Identifier Wanted = new("w");
    private static readonly Identifier Known = new("d");
    private readonly CompiledDestination _destination;
    private readonly PlanFacts _facts;
    private readonly Identifier _plan;
    private readonly Identifier _delivered;

    /// <summary>The statements for one destination's plan.</summary>
    public PlanStatements(CompiledDestination destination, PlanFacts facts)
    {
        _destination = destination;
        _facts = facts;
        _plan = Layout.Plan(destination.Context.Id);
        _delivered = Layout.Delivered(destination.Context.Id);
    }

    /// <summary>Whether the plan table is one of the connection's own, for looking at a record.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Makes the plan table anew.</summary>
    public Sql Create()
    {
        var steps = new List<Sql> { Sql.Of($"desired AS (\n{_destination.Desired}\n)"), Sql.Of($"wanted AS (\n{WantedRows()}\n)") };
        if (_destination.Renames && !_facts.IsFirst)
            steps.Add(Sql.Of($"moved AS (\n{Moved()}\n)"));
        steps.Add(Sql.Of($"compared AS (\n{Compared()}\n)"));
        steps.Add(Sql.Of($"judged AS (\n{Judged()}\n)"));
        var unnamed = _destination.KeysMayRepeat ? Sql.Of($"\nUNION ALL BY NAME\n{Unnamed()}") : Sql.Empty;
        var table = Sql.Trusted(IsTemporary ? "TEMPORARY TABLE" : "TABLE");
        return Sql.Of($"CREATE OR REPLACE {table} {_plan} AS\nWITH {Sql.Join(",\n", steps)}\nSELECT * FROM judged{unnamed}");
    }

    /// <summary>Parks the rows that the destination refused before and that have not changed since.</summary>
    public Sql Park() => Sql.Of(
        $"""
        UPDATE {_plan} AS p
        SET act = 'skip', code = 'row.refused_before', reason = r.message
        FROM {Layout.Refused(_destination.Context.Id)} AS r
        WHERE r.kind = 'refused' AND r.key = p.key AND r.fingerprint = {Fingerprint(_destination.Columns)}
          AND p.act IN ('create', 'update', 'rename', 'refuse')
        """);

    /// <summary>A number that changes when what a row of a plan should be changes.</summary>
    public static Sql Fingerprint(IReadOnlyList<PlanColumn> columns) => columns.Count == 0
        ? Sql.Trusted("hash(0)")
        : Sql.Of($"hash({Sql.Join(", ", columns.Select(column => Sql.Of($"p.{column.Name}")))})");

    // Records without a key, or with another one's, can't be sent; whichever comes first by record keeps the key.
    private Sql WantedRows() => _destination.KeysMayRepeat
        ? Sql.Of($"SELECT * FROM desired WHERE key IS NOT NULL\nQUALIFY row_number() OVER (PARTITION BY key ORDER BY record) = 1")
        : Sql.Of($"SELECT * FROM desired");

    private static Sql Unnamed() => Sql.Of(
        $"""
        SELECT 'skip' AS act, key, record,
               CASE WHEN key IS NULL THEN 'row.no_key' ELSE 'row.doubled_key' END AS code,
               CASE WHEN key IS NULL THEN 'The record has no value for the key field.'
                    ELSE 'Another record has the same value for the key field.' END AS reason
        FROM desired
        QUALIFY key IS NULL OR row_number() OVER (PARTITION BY key ORDER BY record) > 1
        """);

    // A record that is new here and one that is gone are the same if the identity says so, and only one of each has it.
    private Sql Moved() => Sql.Of(
        $"""
        SELECT arrived.key AS key, gone.key AS previous_key
        FROM (SELECT * FROM wanted ANTI JOIN {_delivered} USING (key) WHERE identity IS NOT NULL
              QUALIFY count(*) OVER (PARTITION BY identity) = 1) AS arrived
        JOIN (SELECT * FROM {_delivered} ANTI JOIN wanted USING (key) WHERE identity IS NOT NULL
              QUALIFY count(*) OVER (PARTITION BY identity) = 1) AS gone USING (identity)
        """);

    private Sql Compared()
    {
        var values = _destination.Columns.Select(column =>
            Sql.Of($"{PlanColumn.Of(Wanted, column.Name)} AS {column.Name}"));
        var head = new List<Sql>
        {
            _facts.IsFirst ? Sql.Of($"w.key AS key") : Sql.Of($"coalesce(w.key, d.key) AS key"),
            Sql.Of($"w.record AS record"),
            Sql.Of($"w.identity AS identity"),
            _facts.IsFirst ? Sql.Of($"CAST(NULL AS VARCHAR) AS remote_id") : Sql.Of($"d.remote_id AS remote_id"),
            _destination.Renames && !_facts.IsFirst ? Sql.Of($"w.previous_key AS previous_key")
                : Sql.Of($"CAST(NULL AS VARCHAR) AS previous_key"),
            _facts.IsFirst ? Sql.Of($"false AS known") : Sql.Of($"d.key IS NOT NULL AND coalesce(d.unclear <> 'create', true) AS known"),
            _facts.IsFirst ? Sql.Of($"true AS wanted") : Sql.Of($"w.key IS NOT NULL AS wanted"),
        };
        var masks = Enumerable.Range(0, PlanColumn.Masks(_destination.Columns.Count)).SelectMany(Masks);
        return Sql.Of($"SELECT {Sql.Join(",\n       ", head.Concat(masks).Concat(values))}\nFROM {Joined()}{Differing()}");
    }

    private Sql Joined()
    {
        if (_facts.IsFirst)
            return Sql.Of($"wanted AS w");
        var join = Sql.Trusted(_facts.MayRemove ? "FULL JOIN" : "LEFT JOIN");
        return _destination.Renames
            ? Sql.Of(
                $"(SELECT * FROM wanted LEFT JOIN moved USING (key)) AS w\n{join} {_delivered} AS d "
                    + $"ON coalesce(w.previous_key, w.key) = d.key")
            : Sql.Of($"wanted AS w\n{join} {_delivered} AS d ON w.key = d.key");
    }

    private Sql Differing()
    {
        if (_facts.IsFirst)
            return Sql.Empty;
        var conditions = new List<Sql> { Sql.Of($"d.key IS NULL") };
        if (_facts.MayRemove)
            conditions.Add(Sql.Of($"w.key IS NULL"));
        if (_destination.Renames)
            conditions.Add(Sql.Of($"w.previous_key IS NOT NULL"));
        if (_facts.HasUnclear)
            conditions.Add(Sql.Of($"d.unclear IS NOT NULL"));
        conditions.AddRange(_destination.Columns.Select(Differs));
        conditions.AddRange(_destination.Columns.Where(IsQuiet).Select(LeftQuietly));
        return Sql.Of($"\nWHERE {Sql.Join("\n   OR ", conditions)}");
    }

    // Two masks for each sixty columns: what is to be sent, and what is only to be noted here.
    private IEnumerable<Sql> Masks(int number)
    {
        var mine = _destination.Columns.Where(column => column.Mask.Equals(MaskNumber(number))).ToList();
        var sent = mine.Select(column => Sql.Of($"CASE WHEN {Sent(column)} THEN {column.Bit} ELSE 0 END"));
        var quiet = mine.Where(IsQuiet).Select(column => Sql.Of($"CASE WHEN {LeftQuietly(column)} THEN {column.Bit} ELSE 0 END")).ToList();
        yield return Sql.Of($"CAST({Sum(sent)} AS BIGINT) AS {MaskNumber(number)}");
        yield return Sql.Of($"CAST({Sum(_facts.IsFirst ? [] : quiet)} AS BIGINT) AS {Quiet(number)}");
    }

    private Sql Sent(PlanColumn column)
    {
        var clears = _facts is { MayRemove: true, IsFirst: false } && _destination.Removal?.Act == RemovalAct.Clear;
        if (!clears || (column.Kind == PlanColumnKind.Field && !_destination.Cleared.Contains(column)))
            return _facts.MayRemove && !_facts.IsFirst ? Sql.Of($"w.key IS NOT NULL AND {Differs(column)}") : Differs(column);
        var had = column.Kind == PlanColumnKind.Field ? Sql.Of($"{Was(column)} IS NOT NULL") : Sql.Of($"coalesce({Was(column)}, false)");
        return Sql.Of($"CASE WHEN w.key IS NULL THEN {had} ELSE {Differs(column)} END");
    }

    private Sql Differs(PlanColumn column)
    {
        if (_facts.Full || _facts.IsFirst)
            return Anew(column);
        return _facts.HasUnclear
            ? Sql.Of($"CASE WHEN d.unclear IS NULL THEN {Changed(column)} ELSE {Anew(column)} END")
            : Changed(column);
    }

    private Sql Changed(PlanColumn column)
    {
        var (now, was) = (PlanColumn.Of(Wanted, column.Name), Was(column));
        if (column.Kind == PlanColumnKind.Field)
        {
            return _destination.KeepsNulls[column.Place]
                ? Sql.Of($"({now} IS NOT NULL AND {now} IS DISTINCT FROM {was})")
                : Sql.Of($"{now} IS DISTINCT FROM {was}");
        }

        return IsQuiet(column) ? Sql.Of($"({now} AND NOT coalesce({was}, false))") : Sql.Of($"{now} <> coalesce({was}, false)");
    }

    // All that the record should be, and what it may have that it shouldn't.
    private Sql Anew(PlanColumn column)
    {
        var now = PlanColumn.Of(Wanted, column.Name);
        var isField = column.Kind == PlanColumnKind.Field;
        var says = isField ? Sql.Of($"{now} IS NOT NULL") : now;
        if (_facts.IsFirst || IsQuiet(column) || (isField && _destination.KeepsNulls[column.Place]))
            return says;
        return isField ? Sql.Of($"({says} OR {Was(column)} IS NOT NULL)") : Sql.Of($"({says} OR coalesce({Was(column)}, false))");
    }

    private bool IsQuiet(PlanColumn column) => !_facts.IsFirst && _destination.LeavesQuietly[column.Place];

    private Sql LeftQuietly(PlanColumn column) =>
        Sql.Of($"(NOT {PlanColumn.Of(Wanted, column.Name)} AND coalesce({Was(column)}, false))");

    // A column that delivered doesn't have, or has as another type, was never sent in its present form.
    private Sql Was(PlanColumn column) => _facts.Delivered.Contains(column.Name)
        ? PlanColumn.Of(Known, column.Name)
        : Sql.Of($"CAST(NULL AS {_destination.Types[column.Place]})");

    private Sql Judged()
    {
        var anything = Sql.Join(" OR ", Enumerable.Range(0, PlanColumn.Masks(_destination.Columns.Count))
            .Select(number => Sql.Of($"{MaskNumber(number)} <> 0")));
        var removal = _destination.Removal?.Act switch
        {
            RemovalAct.Clear => Sql.Trusted("'clear'"),
            RemovalAct.Delete => Sql.Trusted("'remove'"),
            _ => Sql.Trusted("'forget'"),
        };
        // Enrich can't know whether the record was there: it never counts as created.
        var arrived = Sql.Trusted(_destination.Context.Mode == SyncModes.Enrich ? "'update'" : "'create'");
        var refused = Refusals();
        var missing = Missing();
        return Sql.Of(
            $"""
            SELECT CASE WHEN NOT wanted THEN {removal}
                        WHEN missing IS NOT NULL THEN 'skip'
                        WHEN broken IS NOT NULL THEN 'refuse'
                        WHEN previous_key IS NOT NULL THEN 'rename'
                        WHEN NOT known THEN {arrived}
                        WHEN {anything} THEN 'update'
                        ELSE 'quiet' END AS act,
                   CASE WHEN NOT wanted THEN NULL WHEN missing IS NOT NULL THEN 'row.required_missing'
                        WHEN broken IS NOT NULL THEN 'row.breaks_rule' END AS code,
                   CASE WHEN wanted THEN coalesce(missing, broken) END AS reason,
                   * EXCLUDE (wanted, missing, broken)
            FROM (SELECT *, {missing} AS missing, {refused} AS broken FROM compared)
            """);
    }

    private Sql Refusals()
    {
        var context = _destination.Context;
        var rules = new List<(Sql When, string Message)>();
        foreach (var rule in FieldRules.Of(context.Kind.Key, Sql.Trusted("key"), DataKind.String))
            rules.Add((Sql.Of($"wanted AND {rule.Breaks}"), rule.Message));
        for (var place = 0; place < context.Fields.Count; place++)
        {
            var (field, column) = (context.Fields[place], _destination.Columns[place]);
            var value = Sql.Of($"{column.Name}");
            var broken = field.Known is { } known ? FieldRules.Of(known, value, field.Type)
                : context.Kind.CustomFields is { } custom ? FieldRules.Of(custom, field.Name, value, field.Type)
                : [];
            foreach (var rule in broken)
                rules.Add((Sql.Of($"({column.Mask} & {column.Bit}) <> 0 AND {rule.Breaks}"), rule.Message));
        }

        return First(rules);
    }

    private Sql Missing()
    {
        var required = _destination.Context.Fields
            .Select((field, place) => (Field: field, Column: _destination.Columns[place]))
            .Where(pair => pair.Field.Known is { Required: true });
        return First([.. required.Select(pair =>
            (Sql.Of($"wanted AND {pair.Column.Name} IS NULL"), $"{pair.Field.Name} is required and has no value."))]);
    }

    private static Sql First(IReadOnlyList<(Sql When, string Message)> rules) => rules.Count == 0
        ? Sql.Trusted("CAST(NULL AS VARCHAR)")
        : Sql.Of($"CASE {Sql.Join("\n     ", rules.Select(rule => Sql.Of($"WHEN {rule.When} THEN {Value.Of(rule.Message)}")))} END");

    private static Sql Sum(IEnumerable<Sql> terms)
    {
        var all = terms.ToList();
        return all.Count == 0 ? Sql.Trusted("0") : Sql.Join(" + ", all);
    }

    private static Identifier MaskNumber(int number) => PlanColumn.MaskOf(number);

    internal static Identifier Quiet(int number) => new(MaskNumber(number).Name.Replace("mask", "quiet", StringComparison.Ordinal));
}
