using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>The queries that count and show what was wrong with rows.</summary>
internal static class RowChecks
{
    private const string SeveralRowsReason = "several rows where one is expected";

    public static IEnumerable<RowCheck> OfStages(ResolvedModel resolved, IReadOnlyList<CompiledSource> sources)
    {
        yield return NullKey(sources[0]);
        yield return Repeated(sources[0], "duplicate primary key");
        foreach (var source in sources.Skip(1))
        {
            if (!source.Selection.IsAggregated)
                yield return Repeated(source, SeveralRowsReason);
            else if (!KeepsKeysApart(resolved, source))
                yield return Repeated(source, "join key equal to another one after conversion");
        }

        foreach (var source in sources.Where(source => source.Selection.RowCountName is not null))
            yield return SeveralRows(source);
    }

    public static IEnumerable<RowCheck> OfRecords(Model model, ModelExpressions expressions) => model.Properties
        .Where(property => property.Expression is not null)
        .Select(property => Expression(model, property, expressions));

    // The source gave one row per key; they are still apart when no key was converted on its way.
    private static bool KeepsKeysApart(ResolvedModel resolved, CompiledSource source) =>
        resolved.JoinTypes.TryGetValue(source.Source.Name, out var given)
        && given.SequenceEqual(source.Keys.Select(key => key.Type))
        && given.All(type => type.Kind is DataKind.Boolean or DataKind.Integer or DataKind.String or DataKind.Date or DataKind.Timestamp);

    private static RowCheck NullKey(CompiledSource source)
    {
        var broken = Sql.Of($"FROM {source.Stage}\nWHERE NOT ({StageRows.WholeKey(source)})");
        var key = source.KeyCount == 1 ? Sql.Of($"''") : KeyText.Of([.. source.Keys]);
        return new RowCheck(source.Source.Name, Property: null, "null primary key",
            Sql.Of($"SELECT count(*)\n{broken}"),
            Sql.Of($"SELECT {key}, ''\n{broken}\nORDER BY 1\nLIMIT 10"));
    }

    private static RowCheck Repeated(CompiledSource source, string reason)
    {
        var repeated = Sql.Of($"FROM (\n  {StageRows.Repeated(source)}\n) AS {new Identifier("repeated")}");
        return new RowCheck(source.Source.Name, Property: null, reason,
            Sql.Of($"SELECT CAST(coalesce(sum({Layout.Rows} - 1), 0) AS BIGINT)\n{repeated}"),
            Sql.Of($"SELECT {KeyText.Of([.. source.Keys])}, ''\n{repeated}\nORDER BY 1\nLIMIT 10"))
        {
            RepeatsKeys = true,
        };
    }

    private static RowCheck SeveralRows(CompiledSource source)
    {
        var several = Sql.Of($"FROM {source.Stage}\nWHERE {Layout.Rows} > 1");
        return new RowCheck(source.Source.Name, Property: null, SeveralRowsReason,
            Sql.Of($"SELECT CAST(coalesce(sum({Layout.Rows} - 1), 0) AS BIGINT)\n{several}"),
            Sql.Of($"SELECT {KeyText.Of([.. source.Keys])}, ''\n{several}\nORDER BY 1\nLIMIT 10"));
    }

    // A null that the expression did not itself give: it raised an error there, or gave a value that is not of its type.
    private static RowCheck Expression(Model model, Property property, ModelExpressions expressions)
    {
        var expression = ModelExpressions.Text(property);
        var bad = Sql.Of($"""
            FROM {Layout.Records}
            WHERE {Layout.Property(property.Id)} IS NULL
              AND {ExpressionConversion.Try(Sql.Of($"({expression}) IS NULL"))} IS NOT TRUE
            """);
        return new RowCheck(model.Id, property.Id, $"the expression gave an error or no {expressions.Types[property.Id]}",
            Sql.Of($"SELECT count(*)\n{bad}"),
            Sql.Of($"""
                SELECT {Layout.Key}, coalesce(left({ExpressionConversion.Try(Sql.Of($"CAST(({expression}) AS VARCHAR)"))}, 100), '')
                {bad}
                ORDER BY 1
                LIMIT 10
                """));
    }
}
