using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>
/// A stage's rows with a whole key, one per key. Where a key has several rows the first in the order of all columns is taken, so that
/// the answer does not depend on the order in which they were read.
/// </summary>
internal static class StageRows
{
    /// <summary>The name of the rows of a source in the statement.</summary>
    public static Identifier Name(CompiledSource source) => new("rows_" + source.Source.Name);

    /// <summary>The parts of the <c>WITH</c> clause that give <see cref="Name"/>.</summary>
    /// <param name="source">The source.</param>
    /// <param name="repeatsKeys">Whether any key has several rows. Looked up before: on most days none has, and it costs nothing.</param>
    public static IEnumerable<Sql> Write(CompiledSource source, bool repeatsKeys)
    {
        var columns = Columns(source.Keys.Concat(source.Properties));
        if (!repeatsKeys)
        {
            yield return Sql.Of($"""
                {Name(source)} AS (
                  SELECT {columns}
                  FROM {source.Stage}
                  WHERE {WholeKey(source)}
                )
                """);
            yield break;
        }

        var repeated = new Identifier("repeated_" + source.Source.Name);
        var keys = Columns(source.Keys);
        var order = Sql.Join(", ", source.Columns.Skip(source.KeyCount).DefaultIfEmpty(source.Columns[0])
            .Select(column => Sql.Of($"{column.Identifier} NULLS LAST")));
        yield return Sql.Of($"""
            {repeated} AS (
              {Repeated(source)}
            )
            """);
        yield return Sql.Of($"""
            {Name(source)} AS (
              SELECT {columns}
              FROM {source.Stage}
              ANTI JOIN {repeated} USING ({keys})
              WHERE {WholeKey(source)}
              UNION ALL
              SELECT {columns}
              FROM {source.Stage}
              SEMI JOIN {repeated} USING ({keys})
              QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY {order}) = 1
            )
            """);
    }

    /// <summary>The keys that have several rows, with how many.</summary>
    public static Sql Repeated(CompiledSource source)
    {
        var keys = Columns(source.Keys);
        return Sql.Of($"""
            SELECT {keys}, count(*) AS {Layout.Rows}
              FROM {source.Stage}
              WHERE {WholeKey(source)}
              GROUP BY {keys}
              HAVING count(*) > 1
            """);
    }

    /// <summary>Whether no part of the key is null.</summary>
    public static Sql WholeKey(CompiledSource source) =>
        Sql.Join(" AND ", source.Keys.Select(key => Sql.Of($"{key.Identifier} IS NOT NULL")));

    private static Sql Columns(IEnumerable<StageColumn> columns) =>
        Sql.Join(", ", columns.Select(column => Sql.Of($"{column.Identifier}")));
}
