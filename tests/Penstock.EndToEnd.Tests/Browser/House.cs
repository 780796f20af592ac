using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Penstock.Cli.Demo;
using Penstock.Cli.Wiring;
using Penstock.Control;
using Penstock.Control.Running;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Server;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>
/// A whole Penstock for one browser test: the real server in this process, the demo shop, a Braze simulator, and people with each role.
/// </summary>
internal sealed class House : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string BrazeKey = "braze-key-0b7c41";
    private readonly Chromium _chromium;
    private readonly Surroundings _surroundings;
    private Composition _composition;
    private WebApplication _server;
    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _strays = [];

    private House(Chromium chromium, BrazeSimulator braze, Surroundings surroundings, Composition composition, WebApplication server) =>
        (_chromium, Braze, _surroundings, _composition, _server, Address) =
        (chromium, braze, surroundings, composition, server, server.Urls.First().TrimEnd('/'));

    /// <summary>The project folder, with <c>shop.db</c> in it.</summary>
    public string Folder => _surroundings.Folder;

    /// <summary>The far end.</summary>
    public BrazeSimulator Braze { get; }

    /// <summary>What the server works with.</summary>
    public ControlServices Services => _composition.Services;

    /// <summary>The server's address, without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>The demo's shop, which can be changed.</summary>
    public DemoShop Shop => new(Path.Combine(Folder, "shop.db"), TimeProvider.System);

    /// <summary>Opens a house.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="isEmpty">Whether nothing is configured yet: a first visit. Otherwise the demo's project is revision 1.</param>
    /// <param name="key">The key that Penstock finds in its environment for Braze; the simulator only takes <see cref="BrazeKey"/>.</param>
    public static async Task<House> OpenAsync(Chromium chromium, bool isEmpty = false, string key = BrazeKey)
    {
        Chromium.Require();
        var folder = Directory.CreateTempSubdirectory("penstock-house-").FullName;
        var braze = await BrazeSimulator.StartAsync(new() { Key = BrazeKey }, default);
        var project = Path.Combine(folder, "project");
        if (isEmpty)
            Directory.CreateDirectory(project);
        else
            await DemoFiles.CopyAsync(project, braze.Address, default);
        await new DemoShop(Path.Combine(project, "shop.db"), TimeProvider.System).LoadAsync(default);
        var surroundings = Surroundings(project, key);
        var composition = Compose(surroundings);
        if (!isEmpty)
        {
            var files = ProjectReader.Texts(project, []);
            await composition.Services.Revisions.ApplyAsync(
                Actor.CommandLine("test"), files, "The demo", expectedBase: 0, dryRun: false, default);
        }

        return new(chromium, braze, surroundings, composition, await ServeAsync(composition, "http://127.0.0.1:0"));
    }

    /// <summary>Stops the server and starts a new one over the same folder at the same address.</summary>
    /// <param name="away">What to do while there is none.</param>
    public async Task RestartAsync(Func<Task> away)
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
        _composition.Dispose();
        await away();
        _composition = Compose(_surroundings);
        _server = await ServeAsync(_composition, Address);
    }

    /// <summary>Runs the demo's model and waits for its end.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> RunAsync()
    {
        var run = await Services.Coordinator.EnqueueAsync(Administrator, "users", new RunAsk(), default);
        await foreach (var picture in Services.Coordinator.WatchAsync(run, default))
        {
            if (picture.IsFinal)
                break;
        }

        return run;
    }

    /// <summary>A page in a session of its own, signed in with a role.</summary>
    public async Task<IPage> SignInAsync(Role role = Role.Administrator, int width = 1280, int height = 900)
    {
        var (email, name) = ($"{role.ToString().ToLowerInvariant()}@example.com", $"{role} Doe");
        await HavePersonAsync(email, name, role);
        var page = await PageAsync(width, height);
        await page.GotoAsync(Address + "/sign-in");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        return page;
    }

    /// <summary>A page in a session of its own, signed in as nobody.</summary>
    public async Task<IPage> PageAsync(int width = 1280, int height = 900)
    {
        var browser = await _chromium.BrowserAsync();
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            TimezoneId = "Europe/Berlin",
        });
        context.SetDefaultTimeout(20_000);
        _contexts.Add(context);
        await context.RouteAsync("**/*", async route =>
        {
            // A page that fetches from elsewhere would tell others who uses it, and break on a machine without a network.
            var url = route.Request.Url;
            if (url.StartsWith(Address, StringComparison.Ordinal) || !url.StartsWith("http", StringComparison.Ordinal))
            {
                await route.ContinueAsync();
                return;
            }

            lock (_strays)
                _strays.Add(route.Request.Url);
            await route.AbortAsync();
        });
        return await context.NewPageAsync();
    }

    /// <summary>Makes sure that there is a person of that address.</summary>
    public async Task HavePersonAsync(string email, string name, Role role)
    {
        var people = Services.People;
        if (await people.Invitations.SetupAsync(default) is { } setup)
        {
            await people.Invitations.CompleteSetupAsync(
                setup.Token.Reveal(), "administrator@example.com", "Administrator Doe", Password, null, default);
        }

        var known = await people.Users.ListAsync(Administrator, default);
        if (known.Any(person => person.Email == email))
            return;
        var link = await people.Invitations.InviteAsync(Administrator, email, role, default);
        await people.Invitations.AcceptAsync(link.Token.Reveal(), name, Password, null, default);
    }

    /// <summary>An administrator at the machine.</summary>
    public static Actor Administrator { get; } = Actor.CommandLine("test");

    /// <summary>Says whether any page asked another machine for something.</summary>
    public void ShouldHaveStayedHere()
    {
        lock (_strays)
            _strays.ShouldBeEmpty("pages asked other machines");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.DisposeAsync();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _composition.Dispose();
        await Braze.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true); // the folder is one below the temporary one
        ShouldHaveStayedHere();
    }

    private static Composition Compose(Surroundings surroundings) =>
        new(surroundings, surroundings.Folder, null, "penstock serve", isServer: true, allowedHosts: Composition.ThisMachine);

    private static async Task<WebApplication> ServeAsync(Composition composition, string url)
    {
        var server = PenstockServer.Build(new ServerSetup
        {
            Services = composition.Services,
            Urls = [url],
            Loggers = composition.Log,
        });
        await server.StartAsync();
        return server;
    }

    private static Surroundings Surroundings(string folder, string key) => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Folder = folder,
        Environment = new Dictionary<string, string> { ["BRAZE_API_KEY"] = key },
    };
}
