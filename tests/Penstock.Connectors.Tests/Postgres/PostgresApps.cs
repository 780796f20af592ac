using Penstock.Connectors.Postgres;
using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

/// <summary>Apps over the test server.</summary>
internal static class PostgresApps
{
    public static PostgresConnector Connector { get; } = new();

    public static PostgresApp App(this PostgresDatabase database) => new()
    {
        Host = database.Host,
        Port = database.Port,
        Database = database.Name,
        User = database.User,
        Password = new Secret(database.Password),
    };

    public static async Task<RowCollector> ReadAsync(this PostgresDatabase database, string query,
        CancellationToken cancellationToken = default)
    {
        var rows = new RowCollector();
        await Connector.ReadAsync(database.App(), new SourceQuery(Sql.Trusted(query)), rows, NoHttp.Instance, cancellationToken);
        return rows;
    }
}
