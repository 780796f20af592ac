using Penstock.Contract;
using SQLitePCL;

namespace Penstock.Connectors.Sqlite;

/// <summary>What the database says about its tables, and about the columns of a statement.</summary>
internal static class SqliteCatalog
{
    // How many rows are looked at to propose a type for a column that declares none.
    private const int SampledRows = 100;

    /// <summary>The tables and views.</summary>
    public static IEnumerable<Table> List(SqliteSession session)
    {
        using var statement = session.Prepare(Sql.Of(
            $"""
            SELECT name, type, wr
            FROM pragma_table_list
            WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
            ORDER BY name
            """).Render(SqliteDialect.Instance));
        while (session.Step(statement))
            yield return Made(session, statement);
    }

    /// <summary>One table with its columns and key; null when there is none.</summary>
    public static Table? Describe(SqliteSession session, Identifier name)
    {
        if (name.Parts.Count > 2 || (name.Parts.Count == 2 && !string.Equals(name.Parts[0], "main", StringComparison.OrdinalIgnoreCase)))
            return null;
        using var found = session.Prepare(Sql.Of(
            $"SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND name = {Value.Of(name.Name)} COLLATE NOCASE")
                .Render(SqliteDialect.Instance));
        if (!session.Step(found))
            return null;
        var table = Made(session, found);
        var columns = new List<Column>();
        var key = new List<(int Place, string Name)>();
        // hidden 1: a virtual table's column that * leaves out.
        using var statement = session.Prepare(Sql.Of(
            $"SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo({Value.Of(table.Name.Name)}) WHERE hidden <> 1 ORDER BY cid")
                .Render(SqliteDialect.Instance));
        while (session.Step(statement))
        {
            var column = SqliteTypes.Of(Text(statement, 0), Text(statement, 1));
            columns.Add(column with { Nullable = raw.sqlite3_column_int(statement, 2) == 0 });
            if (raw.sqlite3_column_int(statement, 3) is > 0 and var place)
                key.Add((place, column.Name));
        }

        return table with
        {
            Columns = columns,
            PrimaryKey = [.. key.OrderBy(part => part.Place).Select(part => part.Name)],
            ForeignKeys = ForeignKeys(session, table.Name),
        };
    }

    // A key that names no columns of the other table means its primary key.
    private static IReadOnlyList<ForeignKey> ForeignKeys(SqliteSession session, Identifier table)
    {
        var parts = new List<(int Key, string Column, string Table, string Reference)>();
        using var statement = session.Prepare(Sql.Of(
            $"""
            SELECT f.id, f."from", f."table",
                   coalesce(f."to", (SELECT i.name FROM pragma_table_info(f."table") AS i WHERE i.pk = f.seq + 1), '')
            FROM pragma_foreign_key_list({Value.Of(table.Name)}) AS f
            ORDER BY f.id DESC, f.seq
            """).Render(SqliteDialect.Instance));
        while (session.Step(statement))
            parts.Add((raw.sqlite3_column_int(statement, 0), Text(statement, 1), Text(statement, 2), Text(statement, 3)));
        return [.. parts.GroupBy(part => part.Key).Select(key => new ForeignKey(
            [.. key.Select(part => part.Column)], new(key.First().Table), [.. key.Select(part => part.Reference)]))];
    }

    /// <summary>The columns of a statement: by the declared types, and for an aggregate by that of the column it is taken over.</summary>
    public static IReadOnlyList<Column> Columns(SqliteSession session, sqlite3_stmt statement, SourceSelection? selection)
    {
        var aggregated = selection is { IsAggregated: true } ? Aggregated(session, selection) : [];
        return [.. Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(i =>
        {
            var name = raw.sqlite3_column_name(statement, i).utf8_to_string();
            return aggregated.GetValueOrDefault(name) ?? SqliteTypes.Of(name, raw.sqlite3_column_decltype(statement, i).utf8_to_string());
        })];
    }

    /// <summary>
    /// Proposes types for columns that declare none, from the first rows. They still travel as text, as the next row may hold anything.
    /// </summary>
    public static IReadOnlyList<Column> Propose(SqliteSession session, sqlite3_stmt statement, IReadOnlyList<Column> columns)
    {
        if (columns.All(column => column.NativeType.Length > 0))
            return columns;
        var kinds = columns.Select(_ => DataKind.Any).ToArray();
        for (var row = 0; row < SampledRows && session.Step(statement); row++)
        {
            for (var i = 0; i < kinds.Length; i++)
                kinds[i] = Wider(kinds[i], raw.sqlite3_column_type(statement, i));
        }

        return [.. columns.Select(
            (column, i) => column.NativeType.Length > 0 || kinds[i] == DataKind.Any ? column : column with { Type = kinds[i] })];
    }

    private static Dictionary<string, Column> Aggregated(SqliteSession session, SourceSelection selection)
    {
        var sources = selection.Columns.Select(column => column.Column).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        using var statement = session.Prepare(SqliteDialect.Instance.Origins(selection, sources).Render(SqliteDialect.Instance));
        var origins = sources
            .Select((source, i) => (source, Column: SqliteTypes.Of(source, raw.sqlite3_column_decltype(statement, i).utf8_to_string())))
            .ToDictionary(pair => pair.source, pair => pair.Column, StringComparer.OrdinalIgnoreCase);
        var columns = selection.Columns.ToDictionary(column => column.Name, column => SqliteTypes.Of(column, origins[column.Column]));
        if (selection.RowCountName is { } name)
            columns[name] = new Column(name, DataKind.Integer, Transport.Integer, "INTEGER");
        return columns;
    }

    private static DataKind Wider(DataKind kind, int type) => (kind, type) switch
    {
        (_, raw.SQLITE_NULL) => kind,
        (DataKind.Any or DataKind.Integer, raw.SQLITE_INTEGER) => DataKind.Integer,
        (DataKind.Any or DataKind.Integer or DataKind.Float, raw.SQLITE_INTEGER or raw.SQLITE_FLOAT) => DataKind.Float,
        _ => DataKind.String,
    };

    private static Table Made(SqliteSession session, sqlite3_stmt row)
    {
        var name = new Identifier(Text(row, 0));
        var kind = Text(row, 1);
        return new Table(name)
        {
            Written = name.Write(),
            Kind = kind == "view" ? "view" : "table",
            RowEstimate = kind == "table" && raw.sqlite3_column_int(row, 2) == 0 ? LargestRowId(session, name) : null,
        };
    }

    // The largest row number is one look-up, and is the count where nothing was deleted.
    private static long? LargestRowId(SqliteSession session, Identifier table)
    {
        using var statement = session.Prepare(Sql.Of($"SELECT max(_rowid_) FROM {table}").Render(SqliteDialect.Instance));
        return session.Step(statement) ? raw.sqlite3_column_int64(statement, 0) : null;
    }

    private static string Text(sqlite3_stmt row, int index) => raw.sqlite3_column_text(row, index).utf8_to_string() ?? "";
}
