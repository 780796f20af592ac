using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Penstock.Connectors.Sqlite;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Testing.Servers;
using Penstock.Testing.Shapes;

namespace Penstock.Control.Tests.Running;

/// <summary>Models over a small SQLite table, a far end in memory that can be held, a control database, and nodes that run.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly Workspace _workspace = new();
    private readonly SqliteConnection _shop;
    private readonly Held _held;

    public Bench(params string[] models)
    {
        Models = models.Length == 0 ? ["users"] : models;
        _held = new(new PeopleConnector().NewFarEnd());
        _shop = new($"Data Source={Path.Combine(_workspace.Folder, "shop.db")};Pooling=false");
        _shop.Open();
        Run("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT)");
        Location = ControlLocation.InWorkspace(_workspace.Folder);
        Database = new(Location, TimeSpan.FromSeconds(15), Time);
    }

    public static Actor Ana { get; } = new(ActorKind.Person, "1", "Ana Lima", Role.Publisher);

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public IReadOnlyList<string> Models { get; }

    public string Folder => _workspace.Folder;

    public ControlLocation Location { get; private set; }

    public ControlDatabase Database { get; private set; }

    /// <summary>What stands in the <c>schedule:</c> of a model; nothing for none.</summary>
    public Dictionary<string, string> Schedules { get; } = new(StringComparer.Ordinal);

    public MemorySystem Far => _held.Far;

    /// <summary>How many requests wait at the far end.</summary>
    public int Waiting => _held.Waiting;

    public long? Revision { get; set; } = 7;

    public static async Task<Bench> OnPostgresAsync(params string[] models)
    {
        var database = await PostgresServer.DatabaseAsync();
        var bench = new Bench(models);
        bench.Location = ControlLocation.InPostgres(
            $"postgres://{database.User}:{database.Password}@{database.Host}:{database.Port}/{database.Name}?pooling=false");
        bench.Database = new(bench.Location, TimeSpan.FromSeconds(15), bench.Time);
        return bench;
    }

    public static Task<Bench> OnAsync(string system, params string[] models) =>
        system == "sqlite" ? Task.FromResult(new Bench(models)) : OnPostgresAsync(models);

    public void Run(string statement)
    {
        using var command = _shop.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public void Users(int count)
    {
        Run("DELETE FROM users");
        for (var id = 1; id <= count; id++)
            Run($"INSERT INTO users VALUES ({id}, 'u{id}@example.com', 'Name {id}')");
    }

    /// <summary>Keeps requests waiting at the far end.</summary>
    public void Hold() => _held.Hold();

    public void Release() => _held.Release();

    /// <summary>Waits until so many requests wait at the far end.</summary>
    public async Task HeldAsync(int count)
    {
        while (_held.Waiting < count)
            await _held.Arrived.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public Project Project()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            project: Shop
            apps:
              local: { type: sqlite, file: shop.db }
              people: { type: people, token: "${env:TOKEN}" }
            models:

            """);
        foreach (var model in Models)
        {
            const string Properties = "user_id: id, email: email, name: name";
            text += $"  {model}:\n    sources: [ {{ app: local, table: users, primary_key: id, properties: {{ {Properties} }} }} ]\n";
            if (Schedules.TryGetValue(model, out var schedule))
                text += $"    schedule: {{ {schedule} }}\n";
        }

        text += "destinations:\n";
        const string Mapping = "person: user_id, email: email, name: name";
        foreach (var model in Models)
            text += $"  to_{model}: {{ app: people, model: {model}, sync_mode: sync, mapping: {{ {Mapping} }} }}\n";
        var reading = ProjectReader.Read(new Dictionary<string, string> { ["penstock.yaml"] = text }, Folder, Catalog);
        reading.Problems.ShouldBeEmpty();
        return reading.Project.ShouldNotBeNull();
    }

    // Its own clock: pacing and backing off are not what is tested here.
    public RunnerSetup Setup() => new(Catalog, new SecretSources(Folder, _ => MemorySystem.Token), Folder, TimeProvider.System)
    {
        Http = new(_held, false),
    };

    public RunParts Parts(ControlDatabase? database = null)
    {
        var history = new RunHistory(database ?? Database, Time);
        var runner = new Runner(Setup());
        return new(database ?? Database, history, runner, new(runner, history, NullLogger<RunService>.Instance), Time)
        {
            Current = _ => Task.FromResult(new CurrentProject(Project(), Revision)),
            Logger = NullLogger.Instance,
        };
    }

    /// <summary>A node; its loop does not run unless it is started.</summary>
    public RunCoordinator Node(RunningOptions? options = null) => new(Parts(), options ?? new());

    public async Task<KeptRun> KeptAsync(string id) =>
        (await new RunHistory(Database, Time).FindAsync(id, default)).ShouldNotBeNull();

    public async Task<IReadOnlyList<KeptRun>> AllAsync() => (await new RunHistory(Database, Time).ListAsync(new RunFilter(), default)).Runs;

    /// <summary>Asks for a run and carries it out.</summary>
    public async Task<KeptRun> RunAsync(RunCoordinator node, string model = "users", RunAsk? ask = null)
    {
        var id = await node.EnqueueAsync(Ana, model, ask ?? new(), default);
        await node.PumpAsync(default);
        await node.IdleAsync();
        return await KeptAsync(id);
    }

    public async ValueTask DisposeAsync()
    {
        _held.Release();
        await _shop.DisposeAsync();
        _held.Dispose();
        _workspace.Dispose();
    }

    private static ConnectorCatalog Catalog { get; } = new([new SqliteConnector(), new PeopleConnector()]);

    private sealed class Held(MemorySystem far) : DelegatingHandler(far)
    {
        private TaskCompletionSource? _gate;
        private int _waiting;

        public MemorySystem Far => far;

        public int Waiting => Volatile.Read(ref _waiting);

        public SemaphoreSlim Arrived { get; } = new(0);

        public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => Interlocked.Exchange(ref _gate, null)?.TrySetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_gate is { } gate)
            {
                Interlocked.Increment(ref _waiting);
                Arrived.Release();
                try
                {
                    await gate.Task.WaitAsync(cancellationToken);
                }
                finally
                {
                    Interlocked.Decrement(ref _waiting);
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
