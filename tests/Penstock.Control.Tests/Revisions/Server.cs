using Microsoft.Extensions.Time.Testing;
using Penstock.Control.Revisions;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;
using Penstock.Engine.Tests.Configuration;
using Penstock.Testing.Servers;

namespace Penstock.Control.Tests.Revisions;

/// <summary>The services over a control database of their own, in SQLite or PostgreSQL.</summary>
internal sealed class Server : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly string? _url;

    private Server(string? url)
    {
        _url = url;
        Services = Open();
    }

    public static Actor Ana { get; } = new(ActorKind.Person, "1", "Ana Lima", Role.Publisher);

    public static Actor Ben { get; } = new(ActorKind.Person, "2", "Ben Okri", Role.Administrator);

    public string Folder => _workspace.Folder;

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public ControlServices Services { get; private set; }

    public DraftService Drafts => Services.Drafts;

    public RevisionService Revisions => Services.Revisions;

    public static async Task<Server> StartAsync(string system) =>
        new(system == "PostgreSQL" ? Url(await PostgresServer.DatabaseAsync()) : null);

    public static Server Start() => new(null);

    /// <summary>Another process over the same database.</summary>
    public ControlServices Open(ControlSettings? settings = null) => new(
        "/project",
        new RunnerSetup(FakeConnectors.Catalog, new SecretSources("/project", _environment.GetValueOrDefault), Folder, Time),
        (settings ?? new()) with { Database = _url });

    public Task<ApplyResult> ApplyAsync(long? known = 0, Dictionary<string, string>? files = null) =>
        Revisions.ApplyAsync(Ana, files ?? ShopProject.Files, "first", known, dryRun: false, CancellationToken.None);

    public void Dispose()
    {
        Services.Dispose();
        _workspace.Dispose();
    }

    private static string Url(PostgresDatabase database) =>
        $"postgres://{database.User}:{database.Password}@{database.Host}:{database.Port}/{database.Name}";
}
