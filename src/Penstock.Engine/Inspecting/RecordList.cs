using System.Text;
using System.Text.Json;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>A page of records: those after the last one of the page before, so that a far page costs no more than a near one.</summary>
internal sealed class RecordList(Reader reader, Project project, Model model, RecordQuery query)
{
    private readonly List<Property> _shown =
        [.. model.Properties.DistinctBy(property => property.Id).Where(property => reader.Loaded.Columns.ContainsKey(property.Id))];

    public async Task<RecordPage> ReadAsync(CancellationToken cancellationToken)
    {
        var conditions = new List<Sql>();
        if (query.Rule is { } rule)
        {
            var compiled = LoadedRules.Of(project, model, reader.Loaded, reader.Setup.Time).Compile(rule);
            if (compiled.Condition is not { } members)
                return new(0, [], [], null) { Problem = compiled.Problem };
            conditions.Add(members);
        }

        if (!string.IsNullOrEmpty(query.Search))
            conditions.Add(Sql.Of($"({Sql.Join(" OR ", Searched().Select(text => Sql.Of($"contains(lower({text}), {Wanted})")))})"));
        var where = Sql.Join("\n  AND ", conditions.Prepend(Sql.Of($"TRUE")));
        var total = (await reader.NumbersAsync(Sql.Of($"SELECT count(*) FROM {Layout.Records} WHERE {where}"), cancellationToken))[0];
        var limit = Math.Clamp(query.Limit, 1, 500);
        var rows = new List<(RecordRow Row, string? Sort)>();
        await foreach (var row in reader.Connection.QueryAsync(Page(where, limit + 1), cancellationToken))
        {
            var values = Enumerable.Range(3, _shown.Count).Select(ordinal => Text(row, ordinal)).ToList();
            rows.Add((new(row.GetString(0), Text(row, 2), values), Text(row, 1)));
        }

        var next = rows.Count > limit ? Write(rows[limit - 1].Sort, rows[limit - 1].Row.Key) : null;
        return new(total, [.. _shown.Select(property => property.Id)], [.. rows.Take(limit).Select(pair => pair.Row)], next);
    }

    private Sql Wanted => Sql.Of($"lower(CAST({Value.Of(query.Search)} AS VARCHAR))");

    private Property? Display => model.Display is { } id ? _shown.Find(property => property.Id == id) : null;

    private Sql Page(Sql where, int rows)
    {
        var (sort, type) = Sorting();
        var display = Display is { } property ? Verdicts.Text(reader, property) : Sql.Of($"CAST(NULL AS VARCHAR)");
        var shown = _shown.Select(property => Verdicts.Text(reader, property));
        var columns = Sql.Join(",\n       ", [Sql.Of($"{Layout.Key}"), Sql.Of($"CAST({sort} AS VARCHAR)"), display, .. shown]);
        return Sql.Of($"""
            SELECT {columns}
            FROM {Layout.Records}
            WHERE {where} AND {After(sort, type)}
            ORDER BY {sort} {Sql.Trusted(query.Descending ? "DESC" : "ASC")} NULLS LAST, {Layout.Key}
            LIMIT {rows}
            """);
    }

    // What is sorted by, and how it is held: a property, or how well the search fits.
    private (Sql Sort, Sql Type) Sorting()
    {
        if (query.Sort is { } sort && _shown.Find(property => property.Id == sort) is { } property)
        {
            var type = reader.Loaded.TypeOf(property);
            return type.IsArray || type.Kind == DataKind.Json
                ? (Verdicts.Text(reader, property), Sql.Of($"VARCHAR"))
                : (Sql.Of($"{Layout.Property(property.Id)}"), Layout.Type(type));
        }

        if (string.IsNullOrEmpty(query.Search))
            return (Sql.Of($"CAST(0 AS INTEGER)"), Sql.Of($"INTEGER"));
        var texts = Searched().ToList();
        var equal = Sql.Join(" OR ", texts.Select(text => Sql.Of($"lower({text}) = {Wanted}")));
        var begins = Sql.Join(" OR ", texts.Select(text => Sql.Of($"starts_with(lower({text}), {Wanted})")));
        return (Sql.Of($"CASE WHEN {equal} THEN 0 WHEN {begins} THEN 1 ELSE 2 END"), Sql.Of($"INTEGER"));
    }

    private IEnumerable<Sql> Searched() => Display is { } property
        ? [Sql.Of($"{Layout.Key}"), Sql.Of($"coalesce({Verdicts.Text(reader, property)}, '')")]
        : [Sql.Of($"{Layout.Key}")];

    private Sql After(Sql sort, Sql type)
    {
        if (Read(query.Cursor) is not var (last, key))
            return Sql.Of($"TRUE");
        var after = Sql.Of($"{Layout.Key} > CAST({Value.Of(key)} AS VARCHAR)");
        if (last is null)
            return Sql.Of($"({sort} IS NULL AND {after})");
        var value = Sql.Of($"CAST(CAST({Value.Of(last)} AS VARCHAR) AS {type})");
        var sign = Sql.Trusted(query.Descending ? "<" : ">");
        return Sql.Of($"({sort} {sign} {value} OR ({sort} = {value} AND {after}) OR {sort} IS NULL)");
    }

    private static string Write(string? sort, string key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new[] { sort, key })));

    // A cursor comes back through an address: anything else than ours begins at the first page.
    private static (string? Sort, string Key)? Read(string? cursor)
    {
        try
        {
            return cursor is not null
                && JsonSerializer.Deserialize<string?[]>(Convert.FromBase64String(cursor)) is [var sort, { } key] ? (sort, key) : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(System.Data.Common.DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);
}
