using System.Globalization;
using System.Runtime.CompilerServices;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>What the server's own tables say about tables and types.</summary>
internal static class PostgresCatalog
{
    private const string Tables = """
        SELECT n.nspname::text, c.relname::text, c.relkind::text, c.reltuples::float8, pg_table_is_visible(c.oid)
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp%'
          AND NOT c.relispartition
          AND has_schema_privilege(n.oid, 'USAGE')
          AND has_any_column_privilege(c.oid, 'SELECT')
          AND ($1 = '' OR n.nspname = $1)
        ORDER BY NOT pg_table_is_visible(c.oid), n.nspname, c.relname
        """;

    private const string OneTable = """
        SELECT c.oid::int8, n.nspname::text, c.relname::text, c.relkind::text, c.reltuples::float8, pg_table_is_visible(c.oid),
               has_any_column_privilege(c.oid, 'SELECT')
        FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass($1)
        """;

    private const string Columns = """
        SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               base.typsend::regproc::text, base.typcategory::text, element.typsend::regproc::text,
               coalesce(a.attnum = ANY (i.indkey), false)
        FROM pg_attribute AS a
        JOIN pg_type AS t ON t.oid = a.atttypid
        JOIN pg_type AS base ON base.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
        LEFT JOIN pg_type AS element ON element.oid = base.typelem AND base.typcategory = 'A'
        LEFT JOIN pg_index AS i ON i.indrelid = a.attrelid AND i.indisprimary
        WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    // One row per column, those of a key one after the other.
    private const string ForeignKeys = """
        SELECT k.oid::int8, a.attname::text, n.nspname::text, c.relname::text, b.attname::text
        FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.confrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS part(mine, theirs, place)
        JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = part.mine
        JOIN pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = part.theirs
        WHERE k.contype = 'f' AND k.conrelid = $1::oid
        ORDER BY k.conname, k.oid, part.place
        """;

    private const string Types = """
        SELECT t.oid::int8, format_type(t.oid, NULL), base.typsend::regproc::text, base.typcategory::text, element.typsend::regproc::text
        FROM pg_type AS t
        JOIN pg_type AS base ON base.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
        LEFT JOIN pg_type AS element ON element.oid = base.typelem AND base.typcategory = 'A'
        WHERE t.oid::text = ANY (string_to_array($1, ','))
        """;

    /// <summary>The tables the user may read, those of the search path first.</summary>
    public static async IAsyncEnumerable<Table> ListAsync(
        PostgresSession session, string? schema, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in session.CatalogAsync(Tables, cancellationToken, schema ?? ""))
            yield return Made(row.GetString(0), row.GetString(1), row.GetString(2), row.GetDouble(3), row.GetBoolean(4));
    }

    /// <summary>One table with its columns and primary key; null when there is none.</summary>
    public static async Task<Table?> DescribeAsync(PostgresSession session, PostgresApp app, Identifier name,
        CancellationToken cancellationToken)
    {
        Table? table = null;
        var number = "";
        await foreach (var row in session.CatalogAsync(OneTable, cancellationToken, PostgresDialect.Instance.Quote(name)))
        {
            number = row.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            table = Made(row.GetString(1), row.GetString(2), row.GetString(3), row.GetDouble(4), row.GetBoolean(5));
            if (!row.GetBoolean(6))
            {
                throw new ConnectionException(
                    ConnectionFault.NoPermission,
                    new("connection.no_permission",
                        $"The user '{app.User}' may not read the table {table.Written} in database '{app.Database}'.",
                        $"Let its owner GRANT SELECT ON {table.Written} TO {app.User}."));
            }
        }

        if (table is null)
            return null;
        var columns = new List<Column>();
        var key = new List<string>();
        await foreach (var row in session.CatalogAsync(Columns, cancellationToken, number))
        {
            var column = PostgresColumn.Of(
                row.GetString(0), row.GetString(1), Send(row.GetString(3)), row.GetString(4)[0],
                row.IsDBNull(5) ? null : Send(row.GetString(5))).Column;
            columns.Add(column with { Nullable = !row.GetBoolean(2) });
            if (row.GetBoolean(6))
                key.Add(column.Name);
        }

        return table with { Columns = columns, PrimaryKey = key, ForeignKeys = await ForeignKeysAsync(session, number, cancellationToken) };
    }

    private static async Task<IReadOnlyList<ForeignKey>> ForeignKeysAsync(
        PostgresSession session, string table, CancellationToken cancellationToken)
    {
        var parts = new List<(long Key, string Column, Identifier Table, string Reference)>();
        await foreach (var row in session.CatalogAsync(ForeignKeys, cancellationToken, table))
            parts.Add((row.GetInt64(0), row.GetString(1), new(row.GetString(2), row.GetString(3)), row.GetString(4)));
        return [.. parts.GroupBy(part => part.Key).Select(key => new ForeignKey(
            [.. key.Select(part => part.Column)], key.First().Table, [.. key.Select(part => part.Reference)]))];
    }

    /// <summary>The columns of a statement from their type numbers.</summary>
    public static async Task<IReadOnlyList<PostgresColumn>> ResolveAsync(
        PostgresSession session, IReadOnlyList<(string Name, uint Type)> parsed, CancellationToken cancellationToken)
    {
        var types = new Dictionary<uint, (string Native, string Send, char Category, string? Element)>();
        await foreach (
            var row in session.CatalogAsync(Types, cancellationToken, string.Join(',', parsed.Select(column => column.Type).Distinct())))
        {
            types[(uint)row.GetInt64(0)] =
                (row.GetString(1), Send(row.GetString(2)), row.GetString(3)[0], row.IsDBNull(4) ? null : Send(row.GetString(4)));
        }

        return [.. parsed.Select(column =>
        {
            var type = types[column.Type];
            return PostgresColumn.Of(column.Name, type.Native, type.Send, type.Category, type.Element);
        })];
    }

    // A function outside the search path is printed with its schema.
    private static string Send(string function) => function[(function.LastIndexOf('.') + 1)..];

    private static Table Made(string schema, string name, string kind, double rows, bool visible)
    {
        var identifier = new Identifier(schema, name);
        return new Table(identifier)
        {
            Written = (visible ? new Identifier(name) : identifier).Write(),
            Kind = kind switch { "v" => "view", "m" => "materialised view", "f" => "foreign table", _ => "table" },
            RowEstimate = rows >= 0 && kind != "v" ? (long)rows : null, // -1: never analysed
        };
    }
}
