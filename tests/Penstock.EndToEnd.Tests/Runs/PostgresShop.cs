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
    public static async Task<PostgresShop> OpenAsync(
        string ddl, string properties = "email: email", string custom = "")
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
        WriteModel(shop, properties, custom);
        return new(shop, database);
    }

    private static void WriteModel(Shop shop, string properties, string custom)
    {
        shop.Files["models/users.yaml"] =
            $"""
            model: users
            sources:
              - table: users
                app: shop
                primary_key: id
                properties:
                  user_id: id
            {string.Join('\n', properties.Split('\n').Select(line => "      " + line))}
            """;
        shop.Files["destinations/braze.yaml"] =
            $$"""
            destination: braze_users
            app: braze
            model: users
            sync_mode: sync
            mapping: { external_id: user_id, email: email }
            custom: { {{custom}} }
            guards: { removals: 50% }
            """;
    }

    public Task<RunResult> RunAsync() => Inner.RunAsync();

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
