using DuckDB.NET.Data;

namespace Penstock.Engine.Compilation;

/// <summary>
/// An empty DuckDB of the process's own, locked down, that is asked how it reads an expression. No expression is run in it: it parses
/// and describes. One question at a time.
/// </summary>
internal static class ExpressionDatabase
{
    private static readonly Lock Gate = new();
    private static readonly Lazy<DuckDBConnection> Connection = new(Open);

    /// <summary>The rows of a query, each value as text.</summary>
    /// <exception cref="DuckDBException">DuckDB does not accept the statement.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Ask(string query, params IReadOnlyList<string> values)
    {
        lock (Gate)
        {
            using var command = Command(Connection.Value, query);
            foreach (var value in values)
                command.Parameters.Add(new DuckDBParameter(value));
            using var reader = command.ExecuteReader();
            var rows = new List<IReadOnlyList<string>>();
            while (reader.Read())
            {
                var columns = Enumerable.Range(0, reader.FieldCount);
                rows.Add([.. columns.Select(index => reader.IsDBNull(index) ? "" : reader.GetString(index))]);
            }

            return rows;
        }
    }

    /// <summary>The first line of what DuckDB says, which is the message; the rest draws arrows.</summary>
    public static string Said(DuckDBException exception) => exception.Message.Split('\n')[0].Trim();

    private static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:;threads=1;memory_limit=256MB;enable_external_access=false");
        connection.Open();
        foreach (var setting in new[] { "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false",
                     "SET TimeZone = 'UTC'", "SET lock_configuration = true" })
        {
            using var command = Command(connection, setting);
            command.ExecuteNonQuery();
        }

        return connection;
    }

    private static DuckDBCommand Command(DuckDBConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
