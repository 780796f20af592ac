using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Penstock.Connectors.Sqlite;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Testing.Shapes;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>
/// Destinations of other shapes than Braze's, in whole runs: remote ids that are looked up, lists that take calls of their own, one
/// record a call, asynchronous jobs.
/// </summary>
public sealed class ShapeTests
{
    public static TheoryData<string> Shapes => [.. All.Select(shape => shape.Declaration.Type)];

    private static IReadOnlyList<IShape> All { get; } =
        [new ContactsConnector(), new ListsConnector(), new PeopleConnector(), new JobsConnector()];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Creates_updates_and_removals_arrive_and_nothing_is_sent_twice(string type)
    {
        await using var far = new FarEnd(All.Single(shape => shape.Declaration.Type == type));
        for (var id = 1; id <= 25; id++)
            far.Run($"INSERT INTO users VALUES ({id}, 'u{id}@example.com', 'Name {id}', {id % 2})");

        (await far.RunAsync()).Destinations[0].Created.ShouldBe(25);
        var after = far.System.Requests;
        (await far.RunAsync()).Destinations[0].Calls.ShouldBe(0);
        far.System.Requests.ShouldBe(after);

        far.Run("UPDATE users SET email = 'new@example.com' WHERE id = 3");
        far.Run("DELETE FROM users WHERE id IN (4, 5)");
        var changed = (await far.RunAsync()).Destinations[0];

        var removes = far.Removes;
        (changed.Created, changed.Updated, changed.Removed, changed.Unchanged).ShouldBe((0, 1, removes ? 2 : 0, 22));
        far.System.Snapshot().ShouldContain("new@example.com");
        far.System.Snapshot().ShouldNotContain("u3@example.com");
        far.System.Snapshot().Contains("u4@example.com", StringComparison.Ordinal).ShouldBe(!removes);
        far.System.Snapshot().ShouldContain("u25@example.com");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Breakdowns_half_way_leave_nothing_missing_and_nothing_doubled(string type)
    {
        var shape = All.Single(shape => shape.Declaration.Type == type);
        await using var disturbed = new FarEnd(shape);
        await using var calm = new FarEnd(shape);
        foreach (var far in new[] { disturbed, calm })
        {
            for (var id = 1; id <= 25; id++)
                far.Run($"INSERT INTO users VALUES ({id}, 'u{id}@example.com', 'Name {id}', {id % 2})");
        }

        for (var at = 0; at < 12; at++)
            disturbed.System.FailLater(at * 2, 503, "<html>down</html>");
        await disturbed.RunAsync();
        disturbed.System.FailNoMore();
        await disturbed.RunAsync();
        await disturbed.RunAsync();
        await calm.RunAsync();

        Emails(disturbed.System).ShouldBe(Emails(calm.System));
        (await disturbed.RunAsync()).Destinations[0].Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_member_is_told_and_the_others_are_in_the_list()
    {
        await using var far = new FarEnd(new ListsConnector());
        far.Run("INSERT INTO users VALUES (1, 'not an address', 'A', 1), (2, 'b@example.com', 'B', 1)");

        var result = (await far.RunAsync()).Destinations[0];

        (result.Created, result.Refused, result.Status).ShouldBe((1, 1, RunStatus.Partial));
        far.System.Snapshot().ShouldContain("b@example.com");
    }

    private static IReadOnlyList<string> Emails(MemorySystem system) =>
        [.. Regex.Matches(system.Snapshot(), "u[0-9]+@example.com").Select(match => match.Value).Order(StringComparer.Ordinal)];

    private sealed class FarEnd : IAsyncDisposable
    {
        private readonly IShape _shape;
        private readonly string _folder = Directory.CreateTempSubdirectory("penstock-shape-").FullName;
        private readonly SqliteConnection _database;
        private readonly HttpMessageInvoker _http;
        private int _run;

        public FarEnd(IShape shape)
        {
            _shape = shape;
            System = shape.NewFarEnd();
            _http = new(System);
            _database = new($"Data Source={Path.Combine(_folder, "shop.db")};Pooling=false");
            _database.Open();
            Run("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT, good INTEGER)");
        }

        public MemorySystem System { get; }

        public bool Removes => _shape.Declaration.Destinations[0].SyncModes.HasFlag(SyncModes.Sync);

        public void Run(string statement)
        {
            using var command = _database.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        public async Task<RunResult> RunAsync()
        {
            var catalog = new ConnectorCatalog([new SqliteConnector(), _shape]);
            var kind = _shape.Declaration.Destinations[0];
            var reading = ProjectReader.Read(Files(kind), _folder, catalog);
            reading.Problems.ShouldBeEmpty();
            var secrets = new SecretSources(_folder, _ => MemorySystem.Token);
            var runner = new Runner(new(catalog, secrets, Path.Combine(_folder, ".penstock"), TimeProvider.System)
            {
                Http = _http,
                Delivery = new()
                {
                    BackOffFrom = TimeSpan.FromMilliseconds(1),
                    BackOffTo = TimeSpan.FromMilliseconds(2),
                    Tries = 2,
                    PollFrom = TimeSpan.FromMilliseconds(1),
                    PollTo = TimeSpan.FromMilliseconds(2),
                },
            });
            var project = reading.Project.ShouldNotBeNull();
            return await runner.RunAsync(project, project.Models[0], new() { Id = $"{++_run}" }, null, default);
        }

        public async ValueTask DisposeAsync()
        {
            await _database.DisposeAsync();
            _http.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private Dictionary<string, string> Files(DestinationKind kind)
        {
            var groups = kind.Groups.Count == 0 ? "" : $"\ngroups: [ {{ group: good, {kind.Groups[0].Name}: 7 }} ]";
            return new()
            {
                ["penstock.yaml"] =
                    $$"""
                    project: Shapes
                    apps:
                      shop: { type: sqlite, file: shop.db }
                      far: { type: {{_shape.Declaration.Type}}, token: "${env:TOKEN}" }
                    """,
                ["users.yaml"] =
                    """
                    model: users
                    sources:
                      - { table: users, app: shop, primary_key: id, properties: { user_id: id, email: email, name: name, good: good } }
                    groups: { good: { all: [ { property: good, equals: 1 } ] } }
                    """,
                ["far.yaml"] =
                    $$"""
                    destination: far
                    app: far
                    model: users
                    sync_mode: {{(kind.SyncModes.HasFlag(SyncModes.Sync) ? "sync" : "additive")}}
                    mapping: { {{kind.Key.Name}}: user_id, email: email, name: name }
                    guards: { removals: 50% }{{groups}}
                    """,
            };
        }
    }
}
