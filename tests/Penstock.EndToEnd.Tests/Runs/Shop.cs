using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;
using Penstock.Simulators.Braze;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>A small shop in SQLite, a project over it, a Braze simulator, and a runner: all real, nothing in between.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Key = "secret-key-5c1e";
    public const string Subscription = "3b5c1111-2222-4333-8444-555566667777";
    private readonly SqliteConnection _database;
    private int _run;

    private Shop(string folder, BrazeSimulator braze, TimeProvider time)
    {
        (Folder, Braze, Time) = (folder, braze, time);
        _database =
            new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "shop.db"), Pooling = false }.ConnectionString);
        _database.Open();
        Run("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, language TEXT)");
        Run("CREATE TABLE purchases (id INTEGER PRIMARY KEY, user_id INTEGER, category TEXT, price NUMERIC, state TEXT, created_at TEXT)");
    }

    public string Folder { get; }

    public BrazeSimulator Braze { get; }

    public TimeProvider Time { get; }

    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(1);

    public string KeyGiven { get; set; } = Key;

    /// <summary>Variables of the environment besides those of the simulator.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the workspaces are; null for <c>.penstock</c> in the project's folder.</summary>
    public string? WorkspaceFolder { get; set; }

    /// <summary>The file of the model's workspace.</summary>
    public string WorkspaceFile => Path.Combine(WorkspaceFolder ?? Path.Combine(Folder, ".penstock"), "users.duckdb");

    public Dictionary<string, string> Files { get; } = new()
    {
        ["penstock.yaml"] =
            """
            project: Shop
            apps:
              local: { type: sqlite, file: shop.db }
              braze: { type: braze, endpoint: "${env:BRAZE_URL}", api_key: "${env:BRAZE_API_KEY}" }
            """,
        ["models/users.yaml"] =
            """
            model: users
            sources:
              - table: users
                app: local
                primary_key: id
                properties: { user_id: id, email: email, first_name: first_name, language: language }
              - name: purchases
                table: purchases
                app: local
                join: { user_id: user_id }
                where: [ { column: state, equals: successful } ]
                properties:
                  ltv: { sum: price }
                  purchase_count: { count: id }
                  last_purchase_date: { max: created_at, type: timestamp }
                  last_purchase_category: { latest: category, by: created_at }
            properties:
              greeting: { expression: "'Hello ' || first_name" }
            groups:
              high_value_automotive:
                all:
                  - { property: ltv, greater_than: 100 }
                  - { property: last_purchase_date, within: 60 days }
                  - { property: last_purchase_category, equals: Automotive }
            """,
        ["destinations/braze.yaml"] =
            $$"""
            destination: braze_users
            app: braze
            model: users
            sync_mode: sync
            mapping: { external_id: user_id, email: email, first_name: first_name }
            custom: { ltv: ltv, lifetime_purchases: purchase_count, greeting: greeting }
            groups:
              - { group: high_value_automotive, subscription_group: {{Subscription}} }
              - { group: high_value_automotive, segment_attribute: penstock_groups }
            guards: { removals: 50% }
            """,
    };

    public static async Task<Shop> OpenAsync(TimeProvider? time = null, Func<BrazeSimulatorOptions, BrazeSimulatorOptions>? braze = null)
    {
        var folder = Directory.CreateTempSubdirectory("penstock-shop-").FullName;
        var options = new BrazeSimulatorOptions { Key = Key };
        return new(folder, await BrazeSimulator.StartAsync(braze?.Invoke(options) ?? options, default), time ?? TimeProvider.System);
    }

    public void Run(string statement)
    {
        using var command = _database.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public string Read(string query)
    {
        using var command = _database.CreateCommand();
        command.CommandText = query;
        return (string)command.ExecuteScalar()!; // the tests ask for what is there
    }

    public int Count(string table)
    {
        using var command = _database.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>How many rows the table of users has.</summary>
    public long Users()
    {
        using var command = _database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM users";
        return (long)command.ExecuteScalar()!; // a count is never null
    }

    public void User(long id, string? email = "a@example.com", string? name = "Ann") =>
        Run($"INSERT OR REPLACE INTO users VALUES ({id}, {Text(email)}, {Text(name)}, 'English')");

    public void Buys(long user, decimal price, string category, TimeSpan ago) =>
        Run($"INSERT INTO purchases (user_id, category, price, state, created_at) VALUES ({user}, {Text(category)}, {price}, 'successful', "
            + $"'{Time.GetUtcNow().UtcDateTime - ago:yyyy-MM-dd HH:mm:ss}')");

    public Project Project()
    {
        var reading = ProjectReader.Read(Files, Folder, Catalog);
        reading.Problems.ShouldBeEmpty();
        return reading.Project.ShouldNotBeNull();
    }

    public Runner Runner(SharedWorkspaces? shared = null) => new(new(
        Catalog, new SecretSources(Folder, Environment), WorkspaceFolder ?? Path.Combine(Folder, ".penstock"), Time)
    {
        Delivery = new() { BackOffFrom = BackOff, BackOffTo = BackOff * 5 },
        Shared = shared,
    });

    public Task<RunResult> RunAsync(
        bool approve = false, bool full = false, CancellationToken cancellationToken = default, CancellationToken abort = default) =>
        RunAsync(null, approve, full, cancellationToken, abort);

    public Task<RunResult> RunAsync(
        IReadOnlyList<string>? destinations, bool approve = false, bool full = false, CancellationToken cancellationToken = default,
        CancellationToken abort = default)
    {
        var project = Project();
        return Runner().RunAsync(
            project,
            project.Models[0],
            new() { Id = $"{++_run}", ApproveRemovals = approve, Full = full, Abort = abort, Destinations = destinations },
            null,
            cancellationToken);
    }

    public Task<RunResult> PlanAsync(IReadOnlyList<string>? destinations = null)
    {
        var project = Project();
        return Runner().PlanAsync(project, project.Models[0], new() { Id = "plan", Destinations = destinations }, null, default);
    }

    /// <summary>Takes the model's records from this PostgreSQL instead; <c>source</c> is the body of the one source.</summary>
    public void ReadFrom(PostgresDatabase database, string source, string mapping = "external_id: user_id, email: email")
    {
        Variables["PG_PASSWORD"] = database.Password;
        Files["penstock.yaml"] =
            $$"""
            project: Shop
            apps:
              local:
                type: postgres
                host: {{database.Host}}
                port: {{database.Port}}
                database: {{database.Name}}
                user: {{database.User}}
                password: ${env:PG_PASSWORD}
              braze: { type: braze, endpoint: "${env:BRAZE_URL}", api_key: "${env:BRAZE_API_KEY}" }
            """;
        ReadOnly(source, mapping);
    }

    /// <summary>A model of one source without groups; <c>source</c> is its body.</summary>
    public void ReadOnly(string source, string mapping = "external_id: user_id, email: email")
    {
        var lines = source.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        Files["models/users.yaml"] = "model: users\nsources:\n  - app: local\n" + string.Concat(lines.Select(line => $"    {line}\n"));
        Files["destinations/braze.yaml"] =
            $$"""
            destination: braze_users
            app: braze
            model: users
            sync_mode: sync
            mapping: { {{mapping}} }
            """;
    }

    public JsonObject? There(long id) => Braze.Profile(id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        _database.Dispose();
        await Braze.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public static ConnectorCatalog Catalog { get; } = ConnectorCatalog.Scan(typeof(Connectors.Braze.BrazeConnector).Assembly);

    private string? Environment(string name) => name switch
    {
        "BRAZE_URL" => Braze.Address.ToString(),
        "BRAZE_API_KEY" => KeyGiven,
        _ => Variables.GetValueOrDefault(name),
    };

    private static string Text(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
