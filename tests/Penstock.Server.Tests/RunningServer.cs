using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Audit;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Server.Tests;

/// <summary>The whole server on a free port of 127.0.0.1, with a workspace of its own that is gone afterwards.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "four unrelated words here";

    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-server-").FullName;
    private readonly Lines _log = new();
    private readonly ConcurrentDictionary<string, Task<Browser>> _signedIn = new(StringComparer.Ordinal);

    /// <summary>The server's clock.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));

    /// <summary>Proxies whose headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether it is left without an administrator.</summary>
    public bool HasNobody { get; init; }

    /// <summary>The administrator's address.</summary>
    public string FirstEmail => EmailOf(Role.Administrator);

    /// <summary>The application.</summary>
    public WebApplication Application { get; private set; } = null!; // set when it starts

    /// <summary>The services behind it.</summary>
    public ControlServices Services { get; private set; } = null!; // set when it starts

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!; // set when it starts

    /// <summary>The workspace folder.</summary>
    public string Folder => _folder;

    /// <summary>All that was logged.</summary>
    public string Logged => string.Join('\n', _log.All);

    /// <summary>The administrator, as who acts.</summary>
    public Actor Administrator { get; private set; } = null!; // set when it starts

    /// <summary>The address of whoever has that role.</summary>
    public static string EmailOf(Role role) => role.ToString().ToLowerInvariant() + "@example.com";

    public async ValueTask InitializeAsync()
    {
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        Services = new ControlServices(_folder, new RunnerSetup(
            new ConnectorCatalog([]), new SecretSources(_folder, _ => null), Path.Combine(_folder, "workspace"), Time)
        { Loggers = loggers });
        Application = PenstockServer.Build(new ServerSetup
        {
            Services = Services,
            Urls = ["http://127.0.0.1:0"],
            Loggers = loggers,
            Time = Time,
            TrustedProxies = TrustedProxies,
            StaticFiles = Path.Combine(AppContext.BaseDirectory, "Penstock.Server.Tests.staticwebassets.endpoints.json"),
        });
        await Application.StartAsync();
        Address = new(Application.Urls.Single());
        if (HasNobody)
            return;
        var link = (await Services.People.Invitations.SetupAsync(default)).ShouldNotBeNull();
        var first = await Services.People.Invitations.CompleteSetupAsync(
            link.Token.Reveal(), EmailOf(Role.Administrator), "Ada", Password, null, default);
        Administrator = new(ActorKind.Person, first.Id, first.Name, Role.Administrator, "192.0.2.1");
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public Browser NewBrowser() => new(Address);

    /// <summary>The one browser in which somebody of that role is signed in; made on first use.</summary>
    public Task<Browser> AsAsync(Role role) => _signedIn.GetOrAdd(role.ToString(), _ => SignInAsync(role));

    /// <summary>The latest entry of the audit log.</summary>
    public AuditRecord LastEntry() =>
        Services.People.Audit.ListAsync(new AuditFilter(), null, 1, default).GetAwaiter().GetResult().Items.Single();

    /// <summary>Makes somebody, who can sign in with <see cref="Password"/>.</summary>
    public async Task<Person> PersonAsync(string email, Role role)
    {
        var link = await Services.People.Invitations.InviteAsync(Administrator, email, role, default);
        return await Services.People.Invitations.AcceptAsync(link.Token.Reveal(), role.ToString(), Password, null, default);
    }

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync();
        await Application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Browser> SignInAsync(Role role)
    {
        if (role != Role.Administrator)
            await PersonAsync(EmailOf(role), role);
        var browser = NewBrowser();
        await browser.SignInPastTheFormAsync(this, EmailOf(role));
        return browser;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
