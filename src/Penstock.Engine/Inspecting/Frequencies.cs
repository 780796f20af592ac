using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>The values of a property and how often each comes.</summary>
internal static class Frequencies
{
    private const int MostLetters = 500;

    public static async Task<PropertyValues> ReadAsync(
        Reader reader, Model model, string id, string? search, int limit, CancellationToken cancellationToken)
    {
        if (model.Find(id) is not { } property)
            return Nothing(CompilationProblems.RuleProperty.Of($"The model has no property {id}.", "Choose a property."));
        if (!reader.IsThere || reader.Loaded.StateOf(model, property) == LoadedState.Missing)
        {
            return Nothing(InspectingProblems.NotLoaded.Of(
                $"The property {id} is not loaded yet.", InspectingProblems.NotLoaded.ToDo));
        }

        var type = reader.Loaded.TypeOf(property);
        var column = Sql.Of($"{Layout.Property(id)}");
        var total = await reader.NumbersAsync(
            Sql.Of($"SELECT count(*), count(*) FILTER (WHERE {column} IS NULL) FROM {Layout.Records}"), cancellationToken);
        var from = type.IsArray
            ? Sql.Of($"(SELECT unnest({column}) AS value FROM {Layout.Records})")
            : Sql.Of($"(SELECT {column} AS value FROM {Layout.Records})");
        var single = type with { IsArray = false };
        var (distinct, minimum, maximum) = await RangeAsync(reader, from, single, cancellationToken);
        return new(total[0], total[1], distinct, minimum, maximum,
            await MostFrequentAsync(reader, from, single, search, limit, cancellationToken));
    }

    private static PropertyValues Nothing(Problem problem) => new(0, 0, 0, null, null, []) { Problem = problem };

    private static async Task<(long Distinct, string? Minimum, string? Maximum)> RangeAsync(
        Reader reader, Sql from, DataType type, CancellationToken cancellationToken)
    {
        var isRanged = type.IsNumber || type.Kind is DataKind.Date or DataKind.Timestamp;
        Sql End(Sql end) => isRanged ? FieldConversion.AsText(end, type) : Sql.Of($"CAST(NULL AS VARCHAR)");
        var query = Sql.Of($"""
            SELECT count(DISTINCT value), {End(Sql.Of($"min(value)"))}, {End(Sql.Of($"max(value)"))}
            FROM {from} AS all_values
            """);
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
            return (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2));
        return default;
    }

    private static async Task<IReadOnlyList<FrequentValue>> MostFrequentAsync(
        Reader reader, Sql from, DataType type, string? search, int limit, CancellationToken cancellationToken)
    {
        var text = FieldConversion.AsText(Sql.Of($"value"), type);
        var (fits, begins) = (Sql.Of($"TRUE"), Sql.Of($"TRUE"));
        if (!string.IsNullOrEmpty(search))
        {
            var wanted = Value.Of(search);
            fits = Sql.Of($"contains(lower(text), lower(CAST({wanted} AS VARCHAR)))");
            begins = Sql.Of($"starts_with(lower(text), lower(CAST({wanted} AS VARCHAR)))");
        }

        var query = Sql.Of($"""
            SELECT text, number
            FROM (SELECT left({text}, {MostLetters}) AS text, number
                  FROM (SELECT value, count(*) AS number FROM {from} AS all_values WHERE value IS NOT NULL GROUP BY value) AS counted)
            WHERE {fits}
            ORDER BY {begins} DESC, number DESC, text
            LIMIT {limit}
            """);
        var values = new List<FrequentValue>();
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
            values.Add(new(row.GetString(0), row.GetInt64(1)));
        return values;
    }
}
