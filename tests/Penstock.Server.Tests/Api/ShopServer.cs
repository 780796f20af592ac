using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Penstock.Connectors.Braze;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.Server.Tests.Api;

/// <summary>The whole server over a small shop in SQLite and a Braze simulator, and callers of each role by API key.</summary>
public sealed class ShopServer : IAsyncLifetime
{
    public const string BrazeKey = "secret-key-5c1e";

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Dictionary<Role, string> _keys = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("penstock-api-").FullName;

    public BrazeSimulator Braze { get; private set; } = null!; // set when it starts

    public WebApplication Application { get; private set; } = null!; // set when it starts

    public ControlServices Services { get; private set; } = null!; // set when it starts

    public Uri Address { get; private set; } = null!; // set when it starts

    public Actor Administrator { get; private set; } = null!; // set when it starts

    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
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
            display: email
            sources:
              - table: users
                app: local
                primary_key: id
                properties: { user_id: id, email: email, first_name: first_name }
              - name: purchases
                table: purchases
                app: local
                join: { user_id: user_id }
                properties:
                  ltv: { sum: price }
            groups:
              big_spenders:
                all: [ { property: ltv, greater_than: 100 } ]
            """,
        ["destinations/braze.yaml"] =
            """
            destination: braze_users
            app: braze
            model: users
            sync_mode: sync
            mapping: { external_id: user_id, email: email, first_name: first_name }
            custom: { ltv: ltv }
            """,
    };

    public async ValueTask InitializeAsync()
    {
        Braze = await BrazeSimulator.StartAsync(new() { Key = BrazeKey }, default);
        Database();
        foreach (var (name, text) in Files)
        {
            var file = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? Folder);
            await File.WriteAllTextAsync(file, text);
        }

        var variables = new Dictionary<string, string> { ["BRAZE_URL"] = Braze.Address.ToString(), ["BRAZE_API_KEY"] = BrazeKey };
        var loggers = LoggerFactory.Create(_ => { });
        Services = new ControlServices(Folder, new RunnerSetup(
            ConnectorCatalog.Scan(typeof(BrazeConnector).Assembly), new SecretSources(Folder, variables.GetValueOrDefault),
            Path.Combine(Folder, ".penstock"), TimeProvider.System)
        {
            Loggers = loggers,
            Shared = new(TimeProvider.System, TimeSpan.FromMinutes(1)),
        });
        Application = PenstockServer.Build(new ServerSetup
        {
            Services = Services,
            Urls = ["http://127.0.0.1:0"],
            Loggers = loggers,
            StaticFiles = Path.Combine(AppContext.BaseDirectory, "Penstock.Server.Tests.staticwebassets.endpoints.json"),
        });
        await Application.StartAsync();
        Address = new(Application.Urls.Single());
        var link = (await Services.People.Invitations.SetupAsync(default)).ShouldNotBeNull();
        var first = await Services.People.Invitations.CompleteSetupAsync(
            link.Token.Reveal(), "ada@example.com", "Ada", "four unrelated words here", null, default);
        Administrator = new(ActorKind.Person, first.Id, first.Name, Role.Administrator);
        foreach (var role in Enum.GetValues<Role>())
            _keys[role] = await KeyAsync(role);
        await Services.Revisions.ApplyAsync(Administrator, Files, "The shop", null, false, default);
    }

    /// <summary>Makes an API key.</summary>
    public async Task<string> KeyAsync(Role role, params string[] models) =>
        (await Services.People.Keys.CreateAsync(Administrator, new(role.ToString(), role) { Models = models }, default)).Key.Reveal();

    /// <summary>The key of a role.</summary>
    public string Key(Role role) => _keys[role];

    /// <summary>Calls the API.</summary>
    public Task<ApiAnswer> GetAsync(string path, Role role = Role.Viewer) => SendAsync(HttpMethod.Get, path, null, role);

    /// <summary>Calls the API with a JSON body.</summary>
    public Task<ApiAnswer> PostAsync(string path, string? json, Role role = Role.Administrator, params (string, string)[] headers) =>
        SendAsync(HttpMethod.Post, path, json, role, headers);

    /// <summary>Calls the API.</summary>
    public Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? json, Role role = Role.Administrator, params (string, string)[] headers) =>
        SendAsync(method, path, json, _keys[role], headers);

    /// <summary>Calls the API with a key of one's own; null for none.</summary>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? json, string? key, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path.StartsWith('/') ? path : "/api/v1/" + path));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(request);
        return new(response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for a run and waits for its end by its events.</summary>
    public async Task<string> RunAsync(string body = "{}")
    {
        var run = (await PostAsync("models/users/runs", body, Role.Publisher)).Json["id"]!.GetValue<string>();
        (await GetAsync($"runs/{run}/events")).Text.ShouldContain("event: end");
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync();
        await Application.DisposeAsync();
        await Braze.DisposeAsync();
        _client.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Database()
    {
        using var database = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "shop.db"), Pooling = false }.ConnectionString);
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText =
            """
            CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, first_name TEXT);
            CREATE TABLE purchases (id INTEGER PRIMARY KEY, user_id INTEGER, price NUMERIC);
            INSERT INTO users VALUES (1, 'ana@example.com', 'Ana'), (2, 'bo@example.com', 'Bo'), (3, 'cy@example.com', 'Cy');
            INSERT INTO purchases VALUES (1, 1, 150), (2, 2, 20), (3, 2, 30);
            """;
        command.ExecuteNonQuery();
    }
}

/// <summary>What the API answered.</summary>
public sealed class ApiAnswer(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Text { get; } = text;

    public string MediaType { get; } = response.Content.Headers.ContentType?.MediaType ?? "";

    public string Etag { get; } = response.Headers.ETag?.ToString() ?? "";

    public string Location { get; } = response.Headers.Location?.ToString() ?? "";

    /// <summary>The content security policy.</summary>
    public string Policy { get; } = response.Headers.TryGetValues("Content-Security-Policy", out var values) ? string.Join(';', values)
        : "";

    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The answer is null.");

    public string Code => Json["code"]?.GetValue<string>() ?? "";

    /// <summary>The answer, which must be good.</summary>
    public JsonNode Good()
    {
        Status.ShouldBeInRange(200, 299, Text);
        return Json;
    }

    /// <summary>A problem of that status and code.</summary>
    public ApiAnswer ShouldBe(int status, string code)
    {
        Status.ShouldBe(status, Text);
        MediaType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        Json["detail"]?.GetValue<string>().ShouldNotBeNullOrEmpty();
        Json["trace_id"]?.GetValue<string>().ShouldNotBeNullOrEmpty();
        return this;
    }
}
