using Penstock.Engine.Runs;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>A shop whose users are in a PostgreSQL of their own: one table, one destination, the rest as in <see cref="Shop"/>.</summary>
internal sealed class PostgresShop : IAsyncDisposable
{
    private PostgresShop(Shop shop, PostgresDatabase database) => (Inner, Database) = (shop, database);

    public Shop Inner { get; }

    public PostgresDatabase Database { get; }

    /// <summary>Opens it with a table of users made by <paramref name="ddl"/>.</summary>
    /// <param name="ddl">Makes and fills the tables.</param>
    /// <param name="properties">The properties of the primary source, as in YAML, behind <c>user_id</c>.</param>
    /// <param name="custom">The custom fields, as in YAML.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">The key's column.</param>
    public static async Task<PostgresShop> OpenAsync(
        string ddl, string properties = "email: email", string custom = "", string table = "users", string key = "id")
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(ddl);
        var shop = await Shop.OpenAsync();
        shop.Files["penstock.yaml"] =
            $$"""
            project: Shop
            apps:
              shop: { type: postgres, host: {{database.Server.SocketFolder}}, port: {{database.Port}},
                      database: {{database.Name}}, user: {{database.User}} }
              braze: { type: braze, endpoint: "${env:BRAZE_URL}", api_key: "${env:BRAZE_API_KEY}" }
            """;
        shop.Model(app: "shop", properties, custom, table, key);
        return new(shop, database);
    }

    public Task<RunResult> RunAsync() => Inner.RunAsync();

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
