using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>
/// A stage's rows with a whole key, one per key. Of several rows with one key the first in the order of all columns is taken, so that
/// the answer does not depend on the order in which they were read. A key that has one row costs no sorting.
/// </summary>
internal static class StageRows
{
    /// <summary>The name of the rows of a source in the statement.</summary>
    public static Identifier Name(CompiledSource source) => new("rows_" + source.Source.Name);

    /// <summary>The parts of the <c>WITH</c> clause that give <see cref="Name"/>.</summary>
    public static IEnumerable<Sql> Write(CompiledSource source)
    {
        var repeated = new Identifier("repeated_" + source.Source.Name);
        var keys = Sql.Join(", ", source.Keys.Select(key => Sql.Of($"{key.Identifier}")));
        var taken = source.Keys.Concat(source.Properties).Select(column => Sql.Of($"{column.Identifier}"));
        var columns = Sql.Join(", ", taken);
        var order = Sql.Join(", ", source.Columns.Skip(source.KeyCount).Select(column => Sql.Of($"{column.Identifier} NULLS LAST")));
        if (source.Columns.Count == source.KeyCount)
            order = keys;
        var same = Sql.Join(" AND ", source.Keys.Select(key => Sql.Of($"{repeated}.{key.Identifier} = {source.Stage}.{key.Identifier}")));
        yield return Sql.Of($"""
            {repeated} AS (
              {Repeated(source)}
            )
            """);
        yield return Sql.Of($"""
            {Name(source)} AS (
              SELECT {columns}
              FROM {source.Stage}
              WHERE {WholeKey(source)}
                AND NOT EXISTS (SELECT 1 FROM {repeated} WHERE {same})
              UNION ALL
              SELECT {columns}
              FROM {source.Stage}
              WHERE EXISTS (SELECT 1 FROM {repeated} WHERE {same})
              QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY {order}) = 1
            )
            """);
    }

    /// <summary>The keys that have several rows, with how many.</summary>
    public static Sql Repeated(CompiledSource source)
    {
        var keys = Sql.Join(", ", source.Keys.Select(key => Sql.Of($"{key.Identifier}")));
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
}
