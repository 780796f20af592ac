using Microsoft.Data.Sqlite;
using Penstock.Connectors.Sqlite;
using Penstock.Contract;
using Penstock.Testing;

namespace Penstock.Connectors.Tests.Sqlite;

/// <summary>A database file of a test's own, removed with it.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-sqlite-").FullName;

    public SqliteFile(string sql)
    {
        Execute(sql);
    }

    public static SqliteConnector Connector { get; } = new();

    public string Path => System.IO.Path.Combine(_folder, "test.db");

    public SqliteApp App => new() { File = new FilePath("test.db", Path) };

    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async Task<RowCollector> ReadAsync(string query, CancellationToken cancellationToken = default)
    {
        var rows = new RowCollector();
        await Connector.ReadAsync(App, new SourceQuery(Sql.Trusted(query)), rows, NoHttp.Instance, cancellationToken);
        return rows;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
